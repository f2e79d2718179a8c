//! Looks into JSON values by path, and takes numbers, strings and times in whatever type they were written.

use serde_json::Value;

use crate::evidence::ingest::moment::{self, Moment};

/// Access by paths such as `incident/service/summary`.
pub(crate) trait Field {
    /// The value at a path, unless it is absent or null.
    fn at(&self, path: &str) -> Option<&Value>;

    /// A string that says something.
    fn str(&self, path: &str) -> Option<&str> {
        self.at(path)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The first of several paths that holds a string.
    fn first(&self, paths: &[&str]) -> Option<&str> {
        paths.iter().find_map(|path| self.str(path))
    }

    /// A string, number or boolean as text; numbers keep all their digits.
    fn text(&self, path: &str) -> Option<String> {
        match self.at(path)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    /// A time, from text or number.
    fn moment(&self, path: &str) -> Option<Moment> {
        moment::parse(&self.text(path)?)
    }

    /// The first of several paths that holds a usable time.
    fn first_moment(&self, paths: &[&str]) -> Option<Moment> {
        paths.iter().find_map(|path| self.moment(path))
    }

    /// The elements of an array, none when there is no array.
    fn list(&self, path: &str) -> &[Value] {
        self.at(path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn has(&self, path: &str) -> bool {
        self.at(path).is_some()
    }

    fn has_all(&self, paths: &[&str]) -> bool {
        paths.iter().all(|path| self.has(path))
    }

    /// A whole number, also when it was written as text.
    fn integer(&self, path: &str) -> Option<u64> {
        self.text(path)?.parse().ok()
    }

    fn flag(&self, path: &str) -> bool {
        self.at(path).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Whether the object has the member, even if it is null.
    fn names(&self, key: &str) -> bool;
}

impl Field for Value {
    fn at(&self, path: &str) -> Option<&Value> {
        let mut value = self;
        for step in path.split('/').filter(|step| !step.is_empty()) {
            value = match value {
                Value::Object(members) => members.get(step)?,
                Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        (!value.is_null()).then_some(value)
    }

    fn names(&self, key: &str) -> bool {
        self.as_object().is_some_and(|members| members.contains_key(key))
    }
}
