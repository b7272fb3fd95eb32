//! Pictures hold what they should.
