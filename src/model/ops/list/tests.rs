//! The list of handoffs against maps made by hand and by chance.
