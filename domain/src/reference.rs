//! The reference number a family reads out on the telephone.

use std::fmt;

/// Crockford's base 32: no I, L, O, U, so nothing can be misread.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters drawn at random: 35 bits, so a guessed number is not a real one; uniqueness is the schema's business.
const RANDOM: usize = 7;

/// A reference such as `TM-4F7K-92QX`: seven random characters and one that checks them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    /// Makes a reference of the low 35 of 64 random bits.
    pub fn from_random(bits: u64) -> Self {
        let values: Vec<u8> = (0..RANDOM).map(|place| ((bits >> (5 * place)) & 31) as u8).collect();
        let text = values.iter().copied().chain([check(&values)]).map(character).collect::<String>();
        let (head, tail) = text.split_at(4);
        Self(format!("TM-{head}-{tail}"))
    }

    /// Reads what somebody types: case, spaces, hyphens and the prefix don't matter, O is 0, I and L are 1.
    pub fn parse(typed: &str) -> Option<Self> {
        let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
        let body = if plain.len() == RANDOM + 3 { plain.strip_prefix("TM")? } else { &plain };
        let values = body.chars().map(value).collect::<Option<Vec<u8>>>()?;
        let (checked, drawn) = values.split_last()?;
        if drawn.len() != RANDOM || *checked != check(drawn) {
            return None;
        }
        let bits = drawn.iter().rev().fold(0u64, |bits, value| (bits << 5) | u64::from(*value));
        Some(Self::from_random(bits))
    }

    /// The reference.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A weighted sum modulo the prime 31: a wrong character or two swapped neighbours change it, unless 0 and Z are confused.
fn check(values: &[u8]) -> u8 {
    let sum: u32 = (0u32..).zip(values).map(|(place, value)| (2 * place + 1) * u32::from(*value)).sum();
    (sum % 31) as u8
}

fn character(value: u8) -> char {
    ALPHABET.get(usize::from(value)).map_or('0', |byte| char::from(*byte))
}

fn value(character: char) -> Option<u8> {
    let character = match character {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    (0u8..32).find(|candidate| self::character(*candidate) == character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_read_out_is_found() {
        let reference = Reference::from_random(0x1_2345_6789);
        let spoken = reference.as_str().to_lowercase().replace('-', " ");
        assert_eq!(Reference::parse(&spoken), Some(reference.clone()));
        assert_eq!(Reference::parse(reference.as_str().trim_start_matches("TM-")), Some(reference));
        assert_eq!(Reference::parse("TM-0000-000U"), None);
        assert_eq!(Reference::parse(""), None);
    }

    proptest! {
        #[test]
        fn every_draw_reads_back(bits in any::<u64>()) {
            let reference = Reference::from_random(bits);
            prop_assert_eq!(Reference::parse(reference.as_str()), Some(reference.clone()));
        }

        #[test]
        fn a_swap_of_neighbours_is_noticed(bits in any::<u64>(), place in 3usize..6) {
            let reference = Reference::from_random(bits);
            let mut bytes = reference.as_str().as_bytes().to_vec();
            let differ = value(char::from(bytes[place])).zip(value(char::from(bytes[place + 1])))
                .is_some_and(|(a, b)| a % 31 != b % 31);
            bytes.swap(place, place + 1);
            if differ {
                prop_assert_eq!(Reference::parse(&String::from_utf8(bytes).expect("ASCII")), None);
            }
        }
    }
}
