//! A JSON number as it was written: its digits, and where its point is.

use std::ops::{Add, Mul};

/// The coefficient and the scale of a number of at most 38 digits that has no exponent, as nearly all are.
pub(super) fn short(text: &str) -> Option<(i128, u32)> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        all => (false, all),
    };
    let (value, scale) = match digits.len() {
        // All of them fit into a `u64`.
        0..=19 => read::<u64>(digits).map(|(value, scale)| (value.into(), scale))?,
        20..=38 => read::<i128>(digits)?,
        _ => return None,
    };
    Some((if negative { -value } else { value }, scale))
}

fn read<N>(digits: &[u8]) -> Option<(N, u32)>
where
    N: From<u8> + Add<Output = N> + Mul<Output = N>,
{
    let (mut value, mut point) = (N::from(0), None);
    for (index, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => value = value * N::from(10) + N::from(byte - b'0'),
            b'.' if index > 0 && point.is_none() => point = Some(index),
            _ => return None,
        }
    }
    let scale = match point {
        Some(point) => Some(digits.len() - point - 1).filter(|scale| *scale > 0)?,
        None if digits.is_empty() => return None,
        None => 0,
    };
    Some((value, u32::try_from(scale).ok()?))
}

/// A number of any size, exactly.
pub(super) struct Number {
    negative: bool,
    digits: String,
    // How many of the digits are behind the point; negative for zeros that were not written.
    scale: i64,
}

impl Number {
    /// Reads the text of a JSON number.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        if whole.is_empty()
            || !whole
                .bytes()
                .chain(fraction.bytes())
                .all(|b| b.is_ascii_digit())
        {
            return None;
        }
        let scale = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        let digits = format!("{whole}{fraction}")
            .trim_start_matches('0')
            .to_owned();
        Some(Self {
            negative,
            digits,
            scale,
        })
    }

    /// The digits with their sign, of a number without a fraction.
    pub(super) fn whole(mut self) -> Option<String> {
        if self.digits.is_empty() {
            return Some("0".to_owned());
        }
        self.write_zeros_out()?;
        while self.scale > 0 && self.digits.ends_with('0') {
            self.digits.pop();
            self.scale -= 1;
        }
        let sign = if self.negative { "-" } else { "" };
        (self.scale == 0).then(|| format!("{sign}{}", self.digits))
    }

    /// The number as `(coefficient, scale)` with the first scale that `accept` takes.
    ///
    /// The scale is the one that was written where possible; zeros at the end are given up, or
    /// written out, only if it can't be held otherwise.
    pub(super) fn fit<T>(
        mut self,
        max_scale: i64,
        accept: impl Fn(i128, u32) -> Option<T>,
    ) -> Option<T> {
        if self.digits.is_empty() {
            self.scale = self.scale.clamp(0, max_scale);
        }
        self.write_zeros_out()?;
        loop {
            let scale = Some(self.scale).filter(|scale| *scale <= max_scale);
            let scale = scale.and_then(|scale| u32::try_from(scale).ok());
            let accepted = self.coefficient().zip(scale);
            if let Some(accepted) = accepted.and_then(|(value, scale)| accept(value, scale)) {
                return Some(accepted);
            }
            if self.scale == 0 || self.digits.pop()? != '0' {
                return None;
            }
            self.scale -= 1;
        }
    }

    fn write_zeros_out(&mut self) -> Option<()> {
        // No type that is wanted here holds more digits than a `u128`, which has 39.
        let missing = usize::try_from(self.scale.min(0).checked_neg()?).ok()?;
        if missing > 39 {
            return None;
        }
        self.digits.extend(std::iter::repeat_n('0', missing));
        self.scale = self.scale.max(0);
        Some(())
    }

    fn coefficient(&self) -> Option<i128> {
        let value: i128 = if self.digits.is_empty() {
            0
        } else {
            self.digits.parse().ok()?
        };
        Some(if self.negative { -value } else { value })
    }
}
