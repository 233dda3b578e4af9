//! Ways to reach a guardian: telephone and e-mail.

use crate::error::FaultCode;
use crate::name::optional;

/// A telephone number in the form of E.164 (`+77011234567`), with what was typed kept for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    e164: String,
    typed: String,
}

/// The longest text worth keeping of what was typed.
const TYPED_MAX: usize = 40;

impl Phone {
    /// Reads the usual spellings: `8 701 123 45 67`, `87011234567`, `7011234567` and `+7 (701) 123-45-67` are one number. A
    /// number of another country is taken when it starts with `+`.
    ///
    /// # Errors
    /// [`FaultCode::Required`] for nothing, [`FaultCode::PhoneCharacters`] for letters, [`FaultCode::PhoneLength`] for too few or
    /// too many digits, [`FaultCode::PhonePrefix`] when no such prefix is in use.
    pub fn parse(typed: &str) -> Result<Self, FaultCode> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(FaultCode::Required);
        }
        let (international, rest) = match typed.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, typed),
        };
        // U+2011 and U+2013 come with numbers copied from a page.
        let separator = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '-' | '.' | '/' | '\u{2011}' | '\u{2013}');
        if typed.chars().count() > TYPED_MAX || !rest.chars().all(|c| c.is_ascii_digit() || separator(c)) {
            return Err(FaultCode::PhoneCharacters);
        }
        let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
        let national = match (international, digits.len(), digits.as_bytes()) {
            // «+8 701 …» is a slip for «8 701 …»: no country has the code 87 or 84.
            (false, 11, [b'7' | b'8', ..]) | (true, 11, [b'7', ..] | [b'8', b'7', ..]) => digits.get(1..),
            (false, 10, _) => Some(digits.as_str()),
            (true, _, [b'7', ..]) | (false, _, _) => return Err(FaultCode::PhoneLength),
            (true, 8..=15, _) => None,
            (true, _, _) => return Err(FaultCode::PhoneLength),
        };
        let e164 = match national {
            Some(national) if in_use(national) => format!("+7{national}"),
            Some(_) => return Err(FaultCode::PhonePrefix),
            None if digits.starts_with('0') => return Err(FaultCode::PhonePrefix),
            None => format!("+{digits}"),
        };
        Ok(Self { e164, typed: typed.to_owned() })
    }

    /// The number as machines write it.
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// The number as the family wrote it.
    pub fn typed(&self) -> &str {
        &self.typed
    }
}

/// Whether the national part (ten digits) of a +7 number starts with a prefix in use: Kazakhstan's 70x, 747, 75x, 76x, 77x and
/// its area codes 71x, 72x (national numbering plan), and Russia's 3xx, 4xx, 8xx, 9xx.
fn in_use(national: &str) -> bool {
    match national.as_bytes() {
        [b'7', b'4', third, ..] => *third == b'7',
        [b'7', second, ..] => matches!(second, b'0' | b'1' | b'2' | b'5' | b'6' | b'7'),
        [first, ..] => matches!(first, b'3' | b'4' | b'8' | b'9'),
        [] => false,
    }
}

/// An e-mail address that can be written to: one `@`, a dotted domain, no spaces. Whether it exists only a letter can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads an address.
    ///
    /// # Errors
    /// [`FaultCode::Required`] for nothing, [`FaultCode::EmailFormat`] for anything that isn't an address (RFC 5321 lengths).
    pub fn parse(typed: &str) -> Result<Self, FaultCode> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(FaultCode::Required);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(FaultCode::EmailFormat)?;
        let label = |part: &str| {
            !part.is_empty()
                && part.len() <= 63
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        // No mail program may take the address for an option.
        let local_ok = (1..=64).contains(&local.len())
            && !local.starts_with('-')
            && local.split('.').all(|part| !part.is_empty())
            && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
        let domain_ok = domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label);
        if text.len() <= 254 && local_ok && domain_ok { Ok(Self(text.to_owned())) } else { Err(FaultCode::EmailFormat) }
    }

    /// Reads an address that may be left out.
    ///
    /// # Errors
    /// [`FaultCode::EmailFormat`] as for [`Email::parse`].
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, FaultCode> {
        optional(Self::parse(typed))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn e164(typed: &str) -> Result<String, FaultCode> {
        Phone::parse(typed).map(|phone| phone.e164)
    }

    #[test]
    fn four_spellings_are_one_number_and_what_was_typed_stays() {
        for typed in
            ["8 701 123 45 67", "87011234567", "7011234567", "+7 (701) 123-45-67", "7 701 123.45.67", "+8 701 123 45 67"]
        {
            let phone = Phone::parse(typed).expect(typed);
            assert_eq!((phone.e164(), phone.typed()), ("+77011234567", typed));
        }
    }

    #[test]
    fn numbers_of_neighbours_are_contacts_too() {
        assert_eq!(e164("+7 912 345 67 89"), Ok("+79123456789".into()));
        assert_eq!(e164("+998 90 123 45 67"), Ok("+998901234567".into()));
        assert_eq!(e164("8 7172 12 34 56"), Ok("+77172123456".into()));
    }

    #[test]
    fn what_is_no_number_says_why() {
        assert_eq!(e164(" "), Err(FaultCode::Required));
        assert_eq!(e164("701123456"), Err(FaultCode::PhoneLength));
        assert_eq!(e164("870112345678"), Err(FaultCode::PhoneLength));
        assert_eq!(e164("+7701123456"), Err(FaultCode::PhoneLength));
        assert_eq!(e164("8 741 123 45 67"), Err(FaultCode::PhonePrefix));
        assert_eq!(e164("+012345678"), Err(FaultCode::PhonePrefix));
        assert_eq!(e164("call me"), Err(FaultCode::PhoneCharacters));
        assert_eq!(e164("8701123456O"), Err(FaultCode::PhoneCharacters));
        assert_eq!(e164("+"), Err(FaultCode::PhoneLength));
    }

    #[test]
    fn addresses() {
        for right in ["a@b.kz", "Asel.S+tumo@mail.example.kz", "пошта@мысал.қаз"] {
            assert!(Email::parse(right).is_ok(), "{right}");
        }
        for wrong in ["a", "a@b", "@b.kz", "a@", "a b@c.kz", "a@b..kz", "a@-b.kz", ".a@b.kz", "a@b@c.kz", "a@b.kz\nBcc: x@y.kz"]
        {
            assert_eq!(Email::parse(wrong), Err(FaultCode::EmailFormat), "{wrong}");
        }
        assert_eq!(Email::parse_optional(""), Ok(None));
    }

    proptest! {
        #[test]
        fn the_machine_form_is_a_fixed_point(national in "7(0[0-9]|47|7[0-9])[0-9]{7}", style in 0usize..4) {
            let (a, rest) = national.split_at(3);
            let typed = match style {
                0 => format!("8{national}"),
                1 => format!("+7 ({a}) {rest}"),
                2 => national.clone(),
                _ => format!("7-{a}-{rest}"),
            };
            let phone = Phone::parse(&typed).expect("a mobile number");
            prop_assert_eq!(phone.e164(), format!("+7{national}"));
            prop_assert_eq!(Phone::parse(phone.e164()).map(|p| p.e164), Ok(phone.e164.clone()));
        }

        #[test]
        fn nothing_but_a_plus_and_digits_comes_out(text in "\\PC{0,30}") {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert!(phone.e164().strip_prefix('+').is_some_and(|d| d.len() >= 8 && d.bytes().all(|b| b.is_ascii_digit())));
            }
        }
    }
}
