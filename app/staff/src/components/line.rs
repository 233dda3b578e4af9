//! Lines: how numbers have gone over time, and where they should have been.

use crate::components::plot::figure;
use crate::text::{Text, t};
use app::el::{El, div, el, svg};

/// The points along the lower edge.
pub struct Axis {
    /// What a point is: a week, a day.
    pub what: Text,
    /// What each point is called, in order.
    pub points: Vec<String>,
    /// How high the plot is, in what the lines count; none for a little higher than the highest line.
    pub most: Option<u32>,
}

/// One line.
pub struct Series {
    /// What it shows.
    pub name: String,
    /// A number for each point of the axis; none where there is none yet.
    pub values: Vec<Option<u32>>,
    /// Drawn broken: a target, not something that happened.
    pub target: bool,
}

/// The height and width of the drawing in its own units; it is stretched to the place it has.
const SIZE: (f64, f64) = (1000.0, 300.0);

/// Lines over one axis, from nought up, with the numbers as a table behind them.
pub fn line(title: Text, axis: &Axis, series: &[Series]) -> El {
    let highest = || series.iter().flat_map(|line| line.values.iter().flatten().copied()).max().unwrap_or_default();
    let most = axis.most.unwrap_or_else(|| top(highest()));
    let steps = axis.points.len().saturating_sub(1).max(1) as f64;
    let grid = (0..=4).map(|quarter| {
        let y = (SIZE.1 * f64::from(quarter) / 4.0).to_string();
        svg("line").class("plot-grid").attr("x1", "0").attr("x2", &SIZE.0.to_string()).attr("y1", &y).attr("y2", &y)
    });
    let lines = series.iter().enumerate().map(|(place, line)| {
        let class = ["plot-line ", kind(line, place)].concat();
        svg("path").class(&class).attr("d", &way(&line.values, steps, most))
    });
    let drawing = svg("svg")
        .class("plot")
        .attr("viewBox", &["0 0 ", &SIZE.0.to_string(), " ", &SIZE.1.to_string()].concat())
        .attr("preserveAspectRatio", "none")
        .attr("aria-hidden", "true")
        .all(grid.collect())
        .all(lines.collect());
    let heights = (0..=4).rev().map(|quarter| el("span").text(&app::format::number(most / 4 * quarter))).collect();
    let legend = series.iter().enumerate().map(|(place, line)| {
        let sample =
            svg("line").class(&["plot-line ", kind(line, place)].concat()).attr("x2", "36").attr("y1", "6").attr("y2", "6");
        let sample = svg("svg").class("plot-sample").attr("aria-hidden", "true").child(sample);
        el("li").child(sample).text(&line.name)
    });
    let ends = [axis.points.first(), axis.points.last()].into_iter().flatten().map(|point| el("span").text(point)).collect();
    let drawn = div("plot-frame")
        .child(div("plot-heights").attr("aria-hidden", "true").all(heights))
        .child(drawing)
        .child(div("plot-ends").attr("aria-hidden", "true").all(ends));
    let legend = el("ul").class("plot-legend").attr("aria-hidden", "true").all(legend.collect());
    let heads: Vec<&str> = [t(axis.what)].into_iter().chain(series.iter().map(|line| line.name.as_str())).collect();
    let rows = axis.points.iter().enumerate().map(|(place, point)| {
        let written = |line: &Series| line.values.get(place).copied().flatten().map(app::format::number).unwrap_or_default();
        [point.clone()].into_iter().chain(series.iter().map(written)).collect()
    });
    figure(t(title), vec![drawn, legend], &heads, rows.collect())
}

/// How a line is drawn: each in its own colour and its own way of being broken.
fn kind(line: &Series, place: usize) -> &'static str {
    match (line.target, place) {
        (true, _) => "plot-line--target",
        (false, 0) => "plot-line--0",
        (false, 1) => "plot-line--1",
        (false, _) => "plot-line--2",
    }
}

/// The path of a line; it is interrupted where there is no number.
fn way(values: &[Option<u32>], steps: f64, most: u32) -> String {
    let mut way = String::new();
    let mut pen_is_down = false;
    for (place, value) in values.iter().enumerate() {
        let Some(value) = value else {
            pen_is_down = false;
            continue;
        };
        let x = SIZE.0 * place as f64 / steps;
        let y = SIZE.1 * (1.0 - f64::from(*value) / f64::from(most));
        let step = [if pen_is_down { "L" } else { "M" }, &x.round().to_string(), " ", &y.round().to_string()];
        way.push_str(&step.concat());
        if !pen_is_down {
            // A point that stands alone is a dot.
            way.push_str("h0");
        }
        pen_is_down = true;
    }
    way
}

/// A round number no smaller than this, that quarters without a rest.
fn top(most: u32) -> u32 {
    let mut unit = 4u32;
    loop {
        for times in [1, 2, 3, 5] {
            let candidate = unit.saturating_mul(times);
            if candidate >= most || candidate == u32::MAX {
                return candidate;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_round_numbers() {
        assert_eq!([0, 4, 5, 9, 21, 10_000, 40_001].map(top), [4, 4, 8, 12, 40, 12_000, 80_000]);
    }

    #[test]
    fn a_line_starts_anew_behind_a_gap() {
        assert_eq!(way(&[Some(0), Some(4), None, Some(2)], 3.0, 4), "M0 300h0L333 0M1000 150h0");
    }
}
