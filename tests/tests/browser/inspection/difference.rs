//! Two texts, line by line.

/// How many lines around a change are shown.
const AROUND: usize = 2;

/// What was taken out of `before` (−) and what has come (+) in `after`, with the lines around it.
pub fn difference(before: &str, after: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = longest_same(&before, &after);
    let (mut lines, mut old, mut new) = (Vec::new(), 0, 0);
    for (kept_old, kept_new) in same.into_iter().chain([(before.len(), after.len())]) {
        lines.extend(before[old..kept_old].iter().map(|line| ('-', *line)));
        lines.extend(after[new..kept_new].iter().map(|line| ('+', *line)));
        lines.extend(before.get(kept_old).map(|line| (' ', *line)));
        (old, new) = (kept_old + 1, kept_new + 1);
    }
    let near = |place: usize| {
        let around = place.saturating_sub(AROUND)..(place + AROUND + 1).min(lines.len());
        lines[around].iter().any(|(sign, _)| *sign != ' ')
    };
    let shown = lines.iter().enumerate().filter(|(place, _)| near(*place));
    shown.map(|(_, (sign, line))| format!("{sign} {line}\n")).collect()
}

/// The places of the most lines that are the same in both, in order.
fn longest_same(before: &[&str], after: &[&str]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0; after.len() + 1]; before.len() + 1];
    for old in (0..before.len()).rev() {
        for new in (0..after.len()).rev() {
            longest[old][new] = if before[old] == after[new] {
                longest[old + 1][new + 1] + 1
            } else {
                longest[old + 1][new].max(longest[old][new + 1])
            };
        }
    }
    let (mut same, mut old, mut new) = (Vec::new(), 0, 0);
    while old < before.len() && new < after.len() {
        if before[old] == after[new] {
            same.push((old, new));
            (old, new) = (old + 1, new + 1);
        } else if longest[old + 1][new] >= longest[old][new + 1] {
            old += 1;
        } else {
            new += 1;
        }
    }
    same
}
