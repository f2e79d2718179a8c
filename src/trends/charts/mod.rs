//! Charts as inline SVG: direct labels, axes that do not lie, words for those who do not see them.

mod ageing;
mod counts;
mod dots;
mod patterns;
mod svg;

pub(super) use ageing::ageing_bars;
pub(super) use counts::count_bars;
pub(super) use dots::dot_plot;
pub(super) use patterns::pattern_rows;
