//! QR codes as the server draws them, seen as a camera would see them.

use fast_qr::{ECL, QRBuilder};

/// The modules of a code with its light border.
pub struct Code {
    /// How many of them lie side by side.
    pub side: usize,
    dark: Vec<bool>,
}

impl Code {
    /// The code of a drawing: a path of runs `Mx yhlengthv1h-lengthz`, one module high.
    pub fn drawn(svg: &str) -> Self {
        let number = |text: &str| text.parse::<usize>().unwrap_or_else(|error| panic!("{text}: {error}: {svg}"));
        let after = |text: &'static str| svg.rsplit_once(text).unwrap_or_else(|| panic!("no {text}: {svg}")).1;
        let side = number(after("viewBox=\"0 0 ").split(' ').next().unwrap_or_default());
        let mut dark = vec![false; side * side];
        let path = after(" d=\"").split('"').next().unwrap_or_default();
        for run in path.split('M').skip(1) {
            let (start, rest) = run.split_once('h').expect("a run");
            let (x, y) = start.split_once(' ').expect("a place");
            let length = number(rest.split('v').next().unwrap_or_default());
            dark[number(y) * side + number(x)..][..length].fill(true);
        }
        Self { side, dark }
    }

    /// The code of a text that the server wouldn't draw.
    pub fn of(text: &str) -> Self {
        const BORDER: usize = 4;
        let code = QRBuilder::new(text).ecl(ECL::M).build().expect("a code");
        let side = code.size + 2 * BORDER;
        let mut dark = vec![false; side * side];
        for (y, row) in code.data.chunks(code.size).take(code.size).enumerate() {
            for (x, module) in row.iter().enumerate() {
                dark[(y + BORDER) * side + x + BORDER] = module.value();
            }
        }
        Self { side, dark }
    }

    /// A film of it as cheap cameras make them, 640 by 480 (YUV4MPEG2): the code lies a little off the middle on a grey table.
    pub fn film(&self) -> Vec<u8> {
        const SIZE: (usize, usize) = (640, 480);
        const FRAMES: usize = 3;
        let scale = (SIZE.1 - 20) / self.side;
        let (left, top) = ((SIZE.0 - self.side * scale) / 3, (SIZE.1 - self.side * scale) / 2);
        let mut frame = b"FRAME\n".to_vec();
        for y in 0..SIZE.1 {
            for x in 0..SIZE.0 {
                let place = x.checked_sub(left).zip(y.checked_sub(top)).map(|(x, y)| (x / scale, y / scale));
                let place = place.filter(|(x, y)| *x < self.side && *y < self.side);
                frame.push(match place {
                    None => 120,
                    Some((x, y)) if self.is_dark(x, y) => 30,
                    Some(_) => 225,
                });
            }
        }
        // Two planes of colour, a quarter each: none.
        frame.resize(frame.len() + SIZE.0 * SIZE.1 / 2, 128);
        let mut film = format!("YUV4MPEG2 W{} H{} F10:1 Ip A1:1 C420jpeg\n", SIZE.0, SIZE.1).into_bytes();
        (0..FRAMES).for_each(|_| film.extend_from_slice(&frame));
        film
    }

    /// Whether the module at this place is dark; what lies outside is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && y < self.side && self.dark[y * self.side + x]
    }

    /// What it says.
    pub fn text(&self) -> String {
        const SCALE: usize = 4;
        let light = |x: usize, y: usize| if self.is_dark(x / SCALE, y / SCALE) { 0 } else { 255 };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.side * SCALE, self.side * SCALE, light);
        image.detect_grids().first().expect("a code").decode().expect("its text").1
    }
}
