//! What people write in chat when they state an impact, a condition, a cause or a commitment.

pub mod changes;
pub mod commitment;
pub mod condition;
pub mod due;
pub mod impact;
pub mod symptom;
pub mod telling;
pub mod whys;
