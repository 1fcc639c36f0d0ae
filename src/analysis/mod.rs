//! What the map tells: layers, lead time, quality, silos, findings. Pure.
