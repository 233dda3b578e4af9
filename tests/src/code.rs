//! QR codes as the server draws them, seen as a camera would see them.

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
