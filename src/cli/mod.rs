//! The front door: arguments, output, errors.
