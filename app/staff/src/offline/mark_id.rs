//! Names of marks, drawn by the phone.

use app::dom;
use domain::date::Timestamp;

/// The digits of a ULID: no letter that looks like another one.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A name that nobody else draws and that sorts by its moment (a ULID), so that marks of one phone keep their order.
pub fn drawn(at: Timestamp) -> String {
    // Twenty of the letters a to p are eighty bits.
    let random =
        dom::random_key().bytes().take(20).fold(0, |bits, letter| bits << 4 | u128::from(letter.wrapping_sub(b'a') & 15));
    written(at, random)
}

fn written(at: Timestamp, random: u128) -> String {
    let number = u128::from(at.0.unsigned_abs()) << 80 | random;
    let digit = |place: u32| DIGITS.get((number >> (5 * place)) as usize & 31).copied().unwrap_or(b'0');
    (0..26).rev().map(|place| char::from(digit(place))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ulids_and_sort_by_their_moment() {
        // From the ULID specification's own implementation.
        assert_eq!(written(Timestamp(1_469_918_176_385), 0), "01ARYZ6S410000000000000000");
        assert_eq!(written(Timestamp(0), (1 << 80) - 1), "0000000000ZZZZZZZZZZZZZZZZ");
        let names: Vec<String> = (0..40).map(|at| written(Timestamp(1_795_406_400_000 + at), 7)).collect();
        assert!(names.is_sorted() && names.iter().all(|name| name.len() == 26));
    }
}
