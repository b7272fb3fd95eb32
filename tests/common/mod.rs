//! What several test programs share.

pub mod random_graph;
