//! A text as a QR code.

use fast_qr::qr::QRBuilder;
use std::fmt::Write;

/// Light modules around the code: scanners need four.
const MARGIN: usize = 4;

/// An SVG document, one unit a module; none for a text that is too long. It has its own white ground, for dark screens.
pub fn svg(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).build().ok()?;
    let side = code.size + 2 * MARGIN;
    let mut dark = String::new();
    for (row, modules) in code.data.chunks(code.size).take(code.size).enumerate() {
        for (column, _) in modules.iter().enumerate().filter(|(_, module)| module.value()) {
            // Writing to a text can't fail.
            let _ = write!(dark, "M{} {}h1v1h-1z", column + MARGIN, row + MARGIN);
        }
    }
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{dark}"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn a_code_has_its_three_corners_inside_a_margin() {
        let drawn =
            svg("otpauth://totp/TUMO:asel%40tumo.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=TUMO").expect("a code");
        let side: usize = drawn
            .split("viewBox=\"0 0 ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .expect("a side")
            .parse()
            .expect("a number");
        for (x, y) in [(4, 4), (side - 11, 4), (4, side - 11)] {
            // The outer ring of a corner's pattern is seven modules of dark.
            for step in 0..7 {
                assert!(drawn.contains(&format!("M{} {y}h1v1", x + step)) && drawn.contains(&format!("M{x} {}h1v1", y + step)));
            }
            assert!(!drawn.contains(&format!("M{} {}h1v1", x + 1, y + 1)), "light inside the ring");
        }
        assert!(!drawn.contains("M3 ") && !drawn.contains(&format!("M{} ", side - 4)), "the margin");
        assert_eq!(svg(&"x".repeat(5000)), None);
    }
}
