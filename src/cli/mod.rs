//! The command line: everything Peel can do without a window.
