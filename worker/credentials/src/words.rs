//! Words that are drawn at random and typed by people: first passwords and recovery codes.

/// Crockford's base 32: no letter that is taken for a digit, and no U, so that hardly any word comes out.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Letters of a group.
const GROUP: usize = 5;

/// A word of one letter a byte, each with five bits of its byte, in groups: `k7m2x-9qdfa`.
pub fn drawn(random: &[u8]) -> String {
    let groups = random.chunks(GROUP).map(|group| group.iter().map(|byte| letter(*byte)).collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}

fn letter(byte: u8) -> char {
    LETTERS.get(usize::from(byte % 32)).copied().map_or('0', char::from)
}

/// A drawn word as it was meant, whatever way it was typed: without groups, capitals and look-alikes.
pub fn meant(typed: &str) -> String {
    let letters = typed.chars().filter(|letter| letter.is_alphanumeric());
    letters
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_recognised_however_it_is_typed() {
        let word = drawn(&[0, 1, 31, 32, 10, 11, 255, 16, 17, 18]);
        assert_eq!(word, "01z0a-bzghj");
        for typed in ["01z0a-bzghj", "O1Z0A BZGHJ", " ol z0abzghj"] {
            assert_eq!(meant(typed), "01z0abzghj", "{typed}");
        }
        assert_eq!(drawn(&[]), "");
    }
}
