//! Agreement of two partitions: adjusted Rand index, adjusted mutual information, V-measure.

use std::collections::BTreeMap;

use serde::Serialize;

/// How well groups agree with labels; 1 is perfect, 0 is chance (for the adjusted two).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Agreement {
    pub items: usize,
    /// Hubert & Arabie 1985.
    pub ari: f64,
    /// Vinh, Epps & Bailey 2010, arithmetic mean of the entropies.
    pub ami: f64,
    /// Rosenberg & Hirschberg 2007.
    pub v_measure: f64,
}

/// Compares two partitions of the same items, given as group numbers.
#[must_use]
pub fn agreement(labels: &[usize], groups: &[usize]) -> Agreement {
    let items = labels.len().min(groups.len());
    let mut table: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut rows: BTreeMap<usize, f64> = BTreeMap::new();
    let mut columns: BTreeMap<usize, f64> = BTreeMap::new();
    for (&label, &group) in labels.iter().zip(groups) {
        *table.entry((label, group)).or_default() += 1.0;
        *rows.entry(label).or_default() += 1.0;
        *columns.entry(group).or_default() += 1.0;
    }
    let n = items as f64;
    let rows_v: Vec<f64> = rows.values().copied().collect();
    let columns_v: Vec<f64> = columns.values().copied().collect();
    let mutual: f64 = table
        .iter()
        .map(|((row, column), &both)| both / n * ((both * n) / (rows[row] * columns[column])).ln())
        .sum();
    let (row_entropy, column_entropy) = (entropy(&rows_v, n), entropy(&columns_v, n));
    Agreement {
        items,
        ari: adjusted_rand(table.values().copied(), &rows_v, &columns_v, n),
        ami: adjusted_mutual(mutual, &rows_v, &columns_v, n),
        v_measure: ratio(2.0 * mutual, row_entropy + column_entropy),
    }
}

fn adjusted_rand(cells: impl Iterator<Item = f64>, rows: &[f64], columns: &[f64], n: f64) -> f64 {
    let pairs = |count: f64| count * (count - 1.0) / 2.0;
    let both: f64 = cells.map(pairs).sum();
    let by_row: f64 = rows.iter().copied().map(pairs).sum();
    let by_column: f64 = columns.iter().copied().map(pairs).sum();
    let expected = by_row * by_column / pairs(n).max(1.0);
    ratio(both - expected, (by_row + by_column) / 2.0 - expected)
}

fn adjusted_mutual(mutual: f64, rows: &[f64], columns: &[f64], n: f64) -> f64 {
    let expected = expected_mutual(rows, columns, n);
    ratio(mutual - expected, (entropy(rows, n) + entropy(columns, n)) / 2.0 - expected)
}

fn entropy(counts: &[f64], n: f64) -> f64 {
    -counts.iter().map(|&count| count / n * (count / n).ln()).sum::<f64>()
}

/// 1 when both are zero: two partitions without any structure agree.
fn ratio(above: f64, below: f64) -> f64 {
    if below.abs() < 1e-12 { 1.0 } else { above / below }
}

/// Expected mutual information of two random partitions with these sizes (hypergeometric model).
fn expected_mutual(rows: &[f64], columns: &[f64], n: f64) -> f64 {
    let count = n as usize;
    let mut log_factorial = vec![0.0_f64; count + 1];
    for at in 1..=count {
        log_factorial[at] = log_factorial[at - 1] + (at as f64).ln();
    }
    let lf = |value: f64| log_factorial[value as usize];
    let mut expected = 0.0;
    for &a in rows {
        for &b in columns {
            let mut both = (a + b - n).max(1.0);
            while both <= a.min(b) {
                let log_probability = lf(a) + lf(b) + lf(n - a) + lf(n - b)
                    - lf(n)
                    - lf(both)
                    - lf(a - both)
                    - lf(b - both)
                    - lf(n - a - b + both);
                expected += both / n * ((n * both) / (a * b)).ln() * log_probability.exp();
                both += 1.0;
            }
        }
    }
    expected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_partitions_agree_and_unrelated_ones_do_not() {
        let same = agreement(&[0, 0, 1, 1, 2], &[5, 5, 3, 3, 9]);
        assert!(
            (same.ari - 1.0).abs() < 1e-9
                && (same.ami - 1.0).abs() < 1e-9
                && (same.v_measure - 1.0).abs() < 1e-9
        );
        let crossed = agreement(&[0, 0, 1, 1], &[0, 1, 0, 1]);
        assert!((crossed.ari + 0.5).abs() < 1e-9, "{crossed:?}");
        assert!(crossed.v_measure.abs() < 1e-9 && crossed.ami < 0.0);
    }

    #[test]
    fn a_worked_example_agrees_with_the_literature() {
        // Values checked with scikit-learn 1.9.
        let agreement = agreement(&[0, 0, 0, 1, 1, 1, 2, 2], &[0, 0, 1, 1, 2, 2, 2, 2]);
        assert!((agreement.ari - 0.181_818_182).abs() < 1e-6, "{agreement:?}");
        assert!(
            (agreement.ami - 0.274_541_650).abs() < 1e-6
                && (agreement.v_measure - 0.530_025_755).abs() < 1e-6
        );
    }
}
