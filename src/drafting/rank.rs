//! Which lines say most: LexRank (Erkan and Radev 2004) for centrality, MMR (Carbonell and Goldstein 1998) against
//! repetition.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::technical_tokens;

/// Sparse term weights of unit length.
type Vector = BTreeMap<usize, f64>;

/// Probability of a random jump in LexRank.
const JUMP: f64 = 0.15;
/// Weight of relevance against novelty in MMR.
const RELEVANCE: f64 = 0.7;
/// Lines beyond this many are ranked by idf mass alone: the similarity matrix is quadratic.
const LIMIT: usize = 600;

/// A set of lines with their mutual likeness.
#[derive(Debug)]
pub struct Ranked {
    vectors: Vec<Vector>,
    /// Centrality of each line, the highest being 1.
    pub scores: Vec<f64>,
}

impl Ranked {
    /// Ranks `lines`; equal input gives equal output.
    #[must_use]
    pub fn of(lines: &[&str]) -> Self {
        let vectors = vectors(lines);
        let scores = if lines.len() <= LIMIT { centrality(&vectors) } else { mass(&vectors) };
        Self { vectors, scores }
    }

    /// At most `count` of `candidates`, best first by `score`, each unlike the ones before it.
    #[must_use]
    pub fn diverse(&self, candidates: &[(usize, f64)], count: usize) -> Vec<usize> {
        let mut left: BTreeSet<usize> = (0..candidates.len()).collect();
        let mut chosen: Vec<usize> = Vec::new();
        while chosen.len() < count {
            let value = |&at: &usize| {
                let (line, score) = candidates[at];
                let seen = chosen
                    .iter()
                    .map(|&other| cosine(&self.vectors[line], &self.vectors[other]))
                    .fold(0.0, f64::max);
                if seen > 0.8 { f64::NEG_INFINITY } else { RELEVANCE * score - (1.0 - RELEVANCE) * seen }
            };
            let best = left
                .iter()
                .copied()
                .map(|at| (value(&at), at))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            match best {
                Some((value, at)) if value.is_finite() => {
                    left.remove(&at);
                    chosen.push(candidates[at].0);
                }
                _ => break,
            }
        }
        chosen
    }
}

fn vectors(lines: &[&str]) -> Vec<Vector> {
    let tokens: Vec<Vec<String>> = lines.iter().map(|line| technical_tokens(line)).collect();
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    let mut documents: Vec<f64> = Vec::new();
    for line in &tokens {
        for term in line.iter().map(String::as_str).collect::<BTreeSet<_>>() {
            let next = ids.len();
            let id = *ids.entry(term).or_insert(next);
            if id == documents.len() {
                documents.push(0.0);
            }
            documents[id] += 1.0;
        }
    }
    let n = lines.len() as f64;
    tokens
        .iter()
        .map(|line| {
            let mut vector = Vector::new();
            for term in line {
                let id = ids[term.as_str()];
                *vector.entry(id).or_insert(0.0) += (1.0 + n / documents[id]).ln();
            }
            let length = vector.values().map(|w| w * w).sum::<f64>().sqrt();
            if length > 0.0 {
                vector.values_mut().for_each(|w| *w /= length);
            }
            vector
        })
        .collect()
}

fn cosine(a: &Vector, b: &Vector) -> f64 {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    small.iter().filter_map(|(term, weight)| large.get(term).map(|other| weight * other)).sum()
}

/// Stationary distribution of the walk over the similarity graph, by power iteration.
fn centrality(vectors: &[Vector]) -> Vec<f64> {
    let n = vectors.len();
    if n == 0 {
        return Vec::new();
    }
    let mut rows: Vec<Vec<f64>> = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in i + 1..n {
            let likeness = cosine(&vectors[i], &vectors[j]);
            rows[i][j] = likeness;
            rows[j][i] = likeness;
        }
    }
    let sums: Vec<f64> = rows.iter().map(|row| row.iter().sum()).collect();
    let mut scores = vec![1.0 / n as f64; n];
    for _ in 0..60 {
        let mut next = vec![JUMP / n as f64; n];
        for i in 0..n {
            if sums[i] > 0.0 {
                let share = (1.0 - JUMP) * scores[i] / sums[i];
                for j in 0..n {
                    next[j] += share * rows[i][j];
                }
            }
        }
        let change: f64 = next.iter().zip(&scores).map(|(a, b)| (a - b).abs()).sum();
        scores = next;
        if change < 1e-9 {
            break;
        }
    }
    scaled(scores)
}

fn mass(vectors: &[Vector]) -> Vec<f64> {
    scaled(vectors.iter().map(|vector| vector.len() as f64).collect())
}

fn scaled(scores: Vec<f64>) -> Vec<f64> {
    let highest = scores.iter().copied().fold(0.0, f64::max);
    if highest > 0.0 { scores.iter().map(|score| score / highest).collect() } else { scores }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn central_lines_win_and_repetition_loses() {
        let lines = [
            "checkout pods are killed by the memory limit",
            "memory limit of checkout lowered",
            "checkout pods killed, memory limit reached",
            "soup in the canteen",
            "memory limit of checkout lowered",
        ];
        let ranked = Ranked::of(&lines);
        assert!(ranked.scores[3] < ranked.scores[0] && ranked.scores[3] < ranked.scores[1]);
        let all: Vec<(usize, f64)> = ranked.scores.iter().copied().enumerate().collect();
        let chosen = ranked.diverse(&all, 5);
        assert!(!(chosen.contains(&1) && chosen.contains(&4)), "two equal lines in {chosen:?}");
    }
}
