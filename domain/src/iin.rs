//! The individual identification number (ИИН / ЖСН).

use crate::date::Date;
use crate::error::FaultCode;
use std::fmt;

/// A number whose check digit is right. It is restricted personal data: it has no `Display`, and its debug form is masked, so it
/// can't slip into a log.
///
/// The check is weak by design of the number (a wrong eleventh digit passes nine times of ten); it catches slips of the
/// finger, not lies.
#[derive(Clone, PartialEq, Eq)]
pub struct Iin(String);

impl Iin {
    /// Reads twelve digits, spaces and hyphens between them allowed.
    ///
    /// # Errors
    /// [`FaultCode::IinDigits`] when it isn't twelve digits, [`FaultCode::IinCheck`] when the check digit is wrong.
    pub fn parse(typed: &str) -> Result<Self, FaultCode> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if digits.len() != 12 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(FaultCode::IinDigits);
        }
        // Twelve times the same digit is a way of writing nothing.
        if digits.bytes().all(|byte| digits.starts_with(char::from(byte))) {
            return Err(FaultCode::IinCheck);
        }
        let values: Vec<u32> = digits.bytes().map(|byte| u32::from(byte - b'0')).collect();
        match (check_digit(&values), values.last()) {
            (Some(expected), Some(&found)) if expected == found => Ok(Self(digits)),
            _ => Err(FaultCode::IinCheck),
        }
    }

    /// The twelve digits: for sealing and for the keyed hash, for nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether the first seven digits say this birth date. Since the decree of 26 August 2013 No 853 the digits are no longer
    /// tied to it by law: a mismatch is worth a warning, never a refusal.
    pub fn agrees_with(&self, born: Date) -> bool {
        let century = match self.0.as_bytes().get(6) {
            Some(b'1' | b'2') => 18,
            Some(b'3' | b'4') => 19,
            Some(b'5' | b'6') => 20,
            _ => return false,
        };
        let expected = format!("{:02}{:02}{:02}", born.year() % 100, born.month(), born.day());
        born.year() / 100 == century && self.0.starts_with(&expected)
    }
}

impl fmt::Debug for Iin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iin(masked)")
    }
}

/// The twelfth digit for the first eleven: Σ d·w mod 11 with weights 1…11; when that is 10, again with 3…11, 1, 2; when it is 10
/// again, no such number is issued.
fn check_digit(digits: &[u32]) -> Option<u32> {
    let remainder =
        |shift: u32| (0u32..11).zip(digits).map(|(place, digit)| digit * ((place + shift) % 11 + 1)).sum::<u32>() % 11;
    [0, 2].into_iter().map(remainder).find(|&value| value != 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_published_sample_passes_and_keeps_its_leading_zero() {
        let iin = Iin::parse("0612 1160-0012").expect("a sample of an open-source validator");
        assert_eq!(iin.reveal(), "061211600012");
        assert!(iin.agrees_with(Date::new(2006, 12, 11).expect("a day")));
        assert!(!iin.agrees_with(Date::new(2006, 12, 12).expect("a day")));
        assert!(!iin.agrees_with(Date::new(1906, 12, 11).expect("a day")));
        assert_eq!(format!("{iin:?}"), "Iin(masked)");
    }

    #[test]
    fn what_is_not_twelve_digits_says_so() {
        for wrong in ["", "06121160001", "0612116000123", "06121160001a", "٠٦١٢١١٦٠٠٠١٢"] {
            assert_eq!(Iin::parse(wrong), Err(FaultCode::IinDigits), "{wrong}");
        }
        assert_eq!(Iin::parse("061211600013"), Err(FaultCode::IinCheck));
        assert_eq!(Iin::parse("000000000000"), Err(FaultCode::IinCheck));
    }

    proptest! {
        #[test]
        fn of_the_ten_last_digits_at_most_one_is_right(stem in "[0-9]{11}") {
            let right = (0..10).filter(|last| Iin::parse(&format!("{stem}{last}")).is_ok()).count();
            let values: Vec<u32> = stem.bytes().map(|byte| u32::from(byte - b'0')).collect();
            let nothing = values.iter().all(|digit| *digit == values[0]) && check_digit(&values) == Some(values[0]);
            prop_assert_eq!(right, usize::from(check_digit(&values).is_some() && !nothing));
        }

        #[test]
        fn one_wrong_digit_among_the_first_ten_is_caught(stem in "[0-9]{11}", place in 0usize..10, other in 1u8..10) {
            let values: Vec<u32> = stem.bytes().map(|byte| u32::from(byte - b'0')).collect();
            // Only numbers settled by the first round of weights: a change can move a number into the second round.
            let Some(check) = check_digit(&values) else { return Ok(()) };
            let mut changed = values.clone();
            changed[place] = (changed[place] + u32::from(other)) % 10;
            let weighted = |digits: &[u32]| (1u32..=11).zip(digits).map(|(weight, digit)| weight * digit).sum::<u32>() % 11;
            if weighted(&values) != 10 && weighted(&changed) != 10 {
                prop_assert_ne!(check_digit(&changed), Some(check));
            }
        }
    }
}
