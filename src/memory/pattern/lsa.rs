//! Latent semantic analysis: incidents as points in a few dimensions, by a seeded randomised decomposition.
//!
//! Halko, Martinsson & Tropp 2011: a random sketch of the range, sharpened by power iterations, then the exact
//! decomposition of the small rest.

use ndarray::{Array1, Array2, Axis};
use ndarray_rand::rand::SeedableRng;
use ndarray_rand::rand_distr::{Distribution, StandardNormal};
use rand_xoshiro::Xoshiro256Plus;
use rayon::prelude::*;

use super::vectors::{Vectors, Weight};

/// Dimensions sketched beyond those wanted.
const OVERSAMPLE: usize = 8;
/// Power iterations.
const ITERATIONS: usize = 4;

/// The incidents' coordinates, one row each, of length one; rows of zeros where there is nothing to place.
pub(super) fn embed(vectors: &Vectors, dimensions: usize, seed: u64) -> Array2<f64> {
    let rows = vectors.len();
    let sketch = (dimensions + OVERSAMPLE).min(rows).min(vectors.columns.len());
    if sketch == 0 {
        return Array2::zeros((rows, 0));
    }
    let mut random = Xoshiro256Plus::seed_from_u64(seed);
    let mut right =
        Array2::from_shape_fn((vectors.columns.len(), sketch), |_| StandardNormal.sample(&mut random));
    let mut left = times(&vectors.rows, &right);
    for _ in 0..ITERATIONS {
        orthonormalise(&mut left);
        right = times(&vectors.columns, &left);
        orthonormalise(&mut right);
        left = times(&vectors.rows, &right);
    }
    // left = X·right with orthonormal `right`: its Gram matrix holds the squared singular values.
    let (values, turn) = symmetric_eigen(left.t().dot(&left));
    let mut order: Vec<usize> = (0..sketch).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    order.truncate(dimensions);
    let mut points = left.dot(&turn.select(Axis(1), &order));
    for mut point in points.rows_mut() {
        let norm = point.dot(&point).sqrt();
        if norm > 1e-9 {
            point /= norm;
        }
    }
    points
}

/// Sparse rows times a dense matrix.
fn times(rows: &[Vec<Weight>], dense: &Array2<f64>) -> Array2<f64> {
    let width = dense.ncols();
    let computed: Vec<Vec<f64>> = rows
        .par_iter()
        .map(|row| {
            let mut sum = vec![0.0; width];
            for weight in row {
                for (total, value) in sum.iter_mut().zip(dense.row(weight.at as usize)) {
                    *total += f64::from(weight.value) * value;
                }
            }
            sum
        })
        .collect();
    let mut product = Array2::zeros((rows.len(), width));
    for (mut target, row) in product.rows_mut().into_iter().zip(computed) {
        target.assign(&Array1::from(row));
    }
    product
}

/// Modified Gram–Schmidt over the columns, twice for accuracy; dependent columns become zero.
fn orthonormalise(matrix: &mut Array2<f64>) {
    // Each column in one piece: the passes below read nothing else.
    let mut columns: Vec<Array1<f64>> =
        matrix.columns().into_iter().map(|column| column.to_owned()).collect();
    for at in 0..columns.len() {
        let (done, rest) = columns.split_at_mut(at);
        let column = &mut rest[0];
        let before = column.dot(column).sqrt();
        for _ in 0..2 {
            for earlier in done.iter() {
                let along = earlier.dot(column);
                column.scaled_add(-along, earlier);
            }
        }
        let norm = column.dot(column).sqrt();
        if norm > before * 1e-10 && norm > 0.0 {
            *column /= norm;
        } else {
            column.fill(0.0);
        }
    }
    for (mut target, column) in matrix.columns_mut().into_iter().zip(&columns) {
        target.assign(column);
    }
}

/// Eigenvalues and eigenvectors (columns) of a small symmetric matrix, by cyclic Jacobi rotations.
fn symmetric_eigen(mut matrix: Array2<f64>) -> (Array1<f64>, Array2<f64>) {
    let size = matrix.nrows();
    let mut vectors = Array2::eye(size);
    for _ in 0..60 {
        let mut off = 0.0;
        for p in 0..size {
            for q in p + 1..size {
                off += matrix[[p, q]].powi(2);
                rotate(&mut matrix, &mut vectors, p, q);
            }
        }
        if off < 1e-22 {
            break;
        }
    }
    (matrix.diag().to_owned(), vectors)
}

fn rotate(matrix: &mut Array2<f64>, vectors: &mut Array2<f64>, p: usize, q: usize) {
    let across = matrix[[p, q]];
    if across.abs() < 1e-300 {
        return;
    }
    let theta = (matrix[[q, q]] - matrix[[p, p]]) / (2.0 * across);
    let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let tangent = if theta == 0.0 { 1.0 } else { tangent };
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for k in 0..matrix.nrows() {
        let (a, b) = (matrix[[k, p]], matrix[[k, q]]);
        matrix[[k, p]] = cosine * a - sine * b;
        matrix[[k, q]] = sine * a + cosine * b;
    }
    for k in 0..matrix.nrows() {
        let (a, b) = (matrix[[p, k]], matrix[[q, k]]);
        matrix[[p, k]] = cosine * a - sine * b;
        matrix[[q, k]] = sine * a + cosine * b;
    }
    for k in 0..vectors.nrows() {
        let (a, b) = (vectors[[k, p]], vectors[[k, q]]);
        vectors[[k, p]] = cosine * a - sine * b;
        vectors[[k, q]] = sine * a + cosine * b;
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn jacobi_finds_the_eigenvalues_of_a_known_matrix() {
        let (values, vectors) = symmetric_eigen(array![[2.0, 1.0, 0.0], [1.0, 2.0, 0.0], [0.0, 0.0, 5.0]]);
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        for (found, expected) in sorted.iter().zip([1.0, 3.0, 5.0]) {
            assert!((found - expected).abs() < 1e-9);
        }
        let identity = vectors.t().dot(&vectors);
        assert!((identity[[0, 1]]).abs() < 1e-9 && (identity[[0, 0]] - 1.0).abs() < 1e-9);
    }
}
