//! Numbers of a document, compared as they are written: a large one is not rounded.

use std::cmp::Ordering;

use serde_json::Value;

/// A number that is exact as long as it is whole.
#[derive(Debug, Clone, Copy)]
pub enum Exact {
    Whole(i128),
    Other(f64),
}

impl Exact {
    pub fn of(value: &Value) -> Option<Self> {
        let whole = value
            .as_i64()
            .map(i128::from)
            .or(value.as_u64().map(i128::from));
        match whole {
            Some(whole) => Some(Self::Whole(whole)),
            None => value.as_f64().map(Self::from_f64),
        }
    }

    fn from_f64(value: f64) -> Self {
        // All below are exact in both.
        const LARGEST: f64 = 1e36;
        if value.fract() == 0.0 && value.abs() < LARGEST {
            Self::Whole(value as i128)
        } else {
            Self::Other(value)
        }
    }

    pub fn order(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Whole(one), Self::Whole(two)) => one.cmp(&two),
            (one, two) => one.float().total_cmp(&two.float()),
        }
    }

    fn float(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Other(other) => other,
        }
    }

    /// The last integer that a bound lets through.
    pub fn nearest_integer(self, upper: bool, exclusive: bool) -> Self {
        match (self, upper) {
            (Self::Whole(whole), true) if exclusive => Self::Whole(whole - 1),
            (Self::Whole(whole), false) if exclusive => Self::Whole(whole + 1),
            (Self::Other(other), true) => Self::from_f64(other.floor()),
            (Self::Other(other), false) => Self::from_f64(other.ceil()),
            (whole, _) => whole,
        }
    }
}

/// The order of two values; what is no number is like nought.
pub fn order(one: &Value, two: &Value) -> Ordering {
    let exact = |value| Exact::of(value).unwrap_or(Exact::Whole(0));
    exact(one).order(exact(two))
}

/// The same value: `10` is `10.0`.
pub fn equal(one: &Value, two: &Value) -> bool {
    one == two || (one.is_number() && two.is_number() && order(one, two).is_eq())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn large_integers_are_not_rounded() {
        let (one, two) = (json!(i64::MAX), json!(i64::MAX - 1));
        assert_eq!(order(&one, &two), Ordering::Greater);
        assert_eq!(order(&json!(u64::MAX), &json!(i64::MAX)), Ordering::Greater);
        assert_eq!(order(&json!(10), &json!(10.0)), Ordering::Equal);
        assert_eq!(order(&json!(0.5), &json!(1)), Ordering::Less);
    }
}
