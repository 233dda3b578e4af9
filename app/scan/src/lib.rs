//! Reads QR codes from camera frames, in browsers that have no `BarcodeDetector`. A module of its own, so that nobody loads it who
//! doesn't open the camera.

use rqrr::PreparedImage;
use wasm_bindgen::prelude::wasm_bindgen;

/// The text of a QR code in a frame: `pixels` as a canvas gives them, four bytes each, rows from top to bottom. None when no whole
/// code is in sight.
#[wasm_bindgen]
pub fn read(pixels: &[u8], width: usize, height: usize) -> Option<String> {
    let light = |x: usize, y: usize| match pixels.get((y * width + x) * 4..) {
        // By how bright eyes see red, green and blue (ITU-R BT.601), in parts of 256.
        Some([red, green, blue, ..]) => ((u32::from(*red) * 77 + u32::from(*green) * 150 + u32::from(*blue) * 29) >> 8) as u8,
        _ => u8::MAX,
    };
    let mut frame = PreparedImage::prepare_from_greyscale(width, height, light);
    frame.detect_grids().iter().find_map(|code| code.decode().ok()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_without_a_code_says_nothing() {
        assert_eq!(read(&[200; 64 * 64 * 4], 64, 64), None);
        // A frame that is cut short is no reason to stop.
        assert_eq!(read(&[0; 12], 64, 64), None);
    }
}
