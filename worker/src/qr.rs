//! QR codes as drawings (SVG), so that no page has to carry the code that makes them.

use crate::refusal::Refusal;
use fast_qr::{ECL, QRBuilder};
use std::fmt::Write;

/// The light border that ISO/IEC 18004 asks for around a code, in modules.
const BORDER: usize = 4;

/// The text as a QR code, black on white whatever the colours of the page: cameras need both. It still reads with 15 % of it gone.
///
/// # Errors
/// When the text is longer than a code holds, some 2,300 bytes.
pub fn svg(text: &str) -> Result<String, Refusal> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|error| Refusal::internal(error.to_string()))?;
    let side = code.size + 2 * BORDER;
    let mut path = String::new();
    for (y, row) in code.data.chunks(code.size.max(1)).take(code.size).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one.value() == next.value()) {
            if run.first().is_some_and(|module| module.value()) {
                // Writing to a string can't fail.
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + BORDER, y + BORDER, run.len(), run.len());
            }
            x += run.len();
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules of a drawing, dark as true: read from the path as a browser would fill it.
    fn drawn(svg: &str) -> (usize, Vec<bool>) {
        let side: usize = svg
            .split("viewBox=\"0 0 ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .expect("a side")
            .parse()
            .expect("a number");
        let mut dark = vec![false; side * side];
        let path = svg.rsplit("d=\"").next().and_then(|rest| rest.split('"').next()).expect("a path");
        for run in path.split('M').skip(1) {
            let (start, rest) = run.split_once('h').expect("a run");
            let (x, y) = start.split_once(' ').expect("a place");
            let (x, y, length): (usize, usize, usize) =
                (x.parse().expect("x"), y.parse().expect("y"), rest.split('v').next().expect("v").parse().expect("a length"));
            dark[y * side + x..][..length].fill(true);
        }
        (side, dark)
    }

    #[test]
    fn a_camera_reads_what_was_drawn() {
        let receipt = "eyJhbGciOiJFZERTQSJ9.".repeat(20);
        let (side, dark) = drawn(&svg(&receipt).expect("a drawing"));
        let scale = 4;
        let light = |x: usize, y: usize| if dark[y / scale * side + x / scale] { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * scale, side * scale, light);
        let (_, read) = image.detect_grids().first().expect("a code").decode().expect("its text");
        assert_eq!(read, receipt);
    }

    #[test]
    fn a_text_that_no_code_holds_is_refused() {
        assert!(svg(&"x".repeat(3000)).is_err());
    }
}
