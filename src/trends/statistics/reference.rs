//! Every statistic against SciPy 1.17.1 (`mannwhitneyu`, `binomtest`, `gamma.ppf`, `quantile_test`), NumPy 2.4.6
//! (`percentile`), lifelines 0.30.3 (`KaplanMeierFitter`) and statsmodels 0.15.0 (`multipletests`), computed once.

use super::*;

const A: [f64; 11] = [312., 540., 75., 1980., 4200., 660., 905., 1500., 88., 2400., 720.];
const B: [f64; 14] =
    [1800., 2100., 640., 3600., 900., 7200., 4150., 1260., 5400., 2880., 330., 9000., 1020., 15000.];

#[track_caller]
fn close(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1e-3), "{ours} differs from {theirs}");
}

#[test]
fn mann_whitney_agrees_with_scipy() {
    // Both samples above eight: normal approximation, without and with ties.
    close(mann_whitney(&A, &B).unwrap(), 0.026611609943789957);
    let ties = [5., 10., 10., 20., 35., 60., 60., 60., 90., 120.];
    let more_ties = [10., 15., 60., 60., 90., 240., 300., 300., 420., 600., 600., 1200.];
    close(mann_whitney(&ties, &more_ties).unwrap(), 0.016753461021162187);
    // One sample of at most eight and no ties: exact.
    let short = [3., 9., 27., 81., 5., 7.];
    let long = [4., 11., 30., 90., 100., 120., 41., 52., 63., 74., 85.];
    close(mann_whitney(&short, &long).unwrap(), 0.03652230122818358);
    let eight: Vec<f64> = (0..8).map(|i| f64::from(i) * 10.0 + 0.5).collect();
    let sixty: Vec<f64> = (20..80).map(f64::from).collect();
    close(mann_whitney(&eight, &sixty).unwrap(), 0.11315774900907839);
    // One sample of at most eight with ties: normal again.
    close(mann_whitney(&[1., 2., 3., 4., 5.], &long).unwrap(), 0.0038404678957593367);
    close(mann_whitney(&[2., 2.], &[1., 2., 3.]).unwrap(), 1.0);
    assert_eq!(mann_whitney(&[], &B), None);
    assert_eq!(mann_whitney(&[7., 7.], &[7., 7., 7.]), None, "nothing to compare");
}

#[test]
fn garwood_agrees_with_scipy() {
    for (k, low, high) in [
        (0, 0.0, 3.6888794541139354),
        (1, 0.025317807984289876, 5.571643390938898),
        (3, 0.6186721228956014, 8.767273069742323),
        (10, 4.7953886961324335, 18.39035604201778),
        (30, 20.240874021420915, 42.82686539480766),
        (200, 173.24088268145732, 229.72198166544987),
        (2500, 2402.952365431124, 2599.9614843405425),
    ] {
        close(garwood(k).0, low);
        close(garwood(k).1, high);
    }
}

#[test]
fn wilson_agrees_with_scipy() {
    for (k, n, low, high) in [
        (0, 10, 0.0, 0.27753279986288926),
        (2, 10, 0.056682151454375274, 0.5098375284633583),
        (6, 30, 0.0950510717728987, 0.3730569641314825),
        (10, 50, 0.11243750015776106, 0.33037105932225413),
        (7, 7, 0.6456695649333126, 1.0),
        (1, 3, 0.06149194472039626, 0.7923403991979523),
    ] {
        let (ours_low, ours_high) = wilson(k, n).unwrap();
        close(ours_low, low);
        close(ours_high, high);
    }
    assert_eq!(wilson(0, 0), None);
}

#[test]
fn the_exact_tests_agree_with_scipy() {
    for (k, n, share, p) in [
        (15, 20, 0.2, 1.802763973427202e-07),
        (3, 40, 0.2, 0.04786946338839313),
        (12, 60, 0.2, 1.0),
        (0, 9, 0.2, 0.21985945600000006),
        (2, 2, 0.2, 0.04000000000000001),
        (30, 90, 0.25, 0.08721571817931749),
        (120, 480, 0.2, 0.007282041239628879),
        (5, 10, 0.5, 1.0),
    ] {
        close(binomial_test(k, n, share), p);
    }
    close(rate_test(3, 1.0, 37, 4.0), 0.04786946338839313);
    assert_eq!(rate_test(0, 1.0, 0, 4.0), 1.0);
}

#[test]
fn order_statistic_intervals_agree_with_scipy() {
    for (n, interval) in [
        (5, None),
        (6, Some((1., 6.))),
        (7, Some((1., 7.))),
        (8, Some((1., 8.))),
        (10, Some((2., 9.))),
        (11, Some((2., 10.))),
        (14, Some((3., 12.))),
        (20, Some((6., 15.))),
        (25, Some((8., 18.))),
        (30, Some((10., 21.))),
        (100, Some((40., 61.))),
    ] {
        let sample: Vec<f64> = (1..=n).rev().map(f64::from).collect();
        assert_eq!(median_interval(&sample), interval, "n = {n}");
    }
}

#[test]
fn quantiles_agree_with_numpy() {
    close(quantile(&A, 0.9).unwrap(), 2400.0);
    close(quantile(&B, 0.9).unwrap(), 8460.000000000002);
    close(median(&A).unwrap(), 720.0);
    close(median(&B).unwrap(), 2490.0);
    close(mean(&[1.0, 2.0, 6.0]).unwrap(), 3.0);
    assert_eq!((median(&[]), mean(&[])), (None, None));
}

#[test]
fn kaplan_meier_agrees_with_lifelines() {
    assert_eq!(kaplan_meier_median(&A, &[3600., 100.]), Some(905.0));
    assert_eq!(kaplan_meier_median(&A, &[]), Some(720.0));
    assert_eq!(kaplan_meier_median(&A, &[50., 60., 5000., 6000.]), Some(905.0));
    assert_eq!(kaplan_meier_median(&[10., 10., 20., 30.], &[10.]), Some(20.0));
    assert_eq!(kaplan_meier_median(&[10., 20.], &[30., 40., 50.]), None, "the curve stays above one half");
}

#[test]
fn holm_agrees_with_statsmodels() {
    let expected = [0.03, 0.06, 0.06, 0.02];
    for (ours, theirs) in holm(&[0.01, 0.04, 0.03, 0.005]).into_iter().zip(expected) {
        close(ours, theirs);
    }
    assert_eq!(holm(&[0.9, 0.6, 0.02])[..2], [1.0, 1.0]);
    assert!(holm(&[]).is_empty());
}

#[test]
fn a_jump_in_the_counts_is_signalled_and_noise_is_not() {
    let quarters = |counts: &[u64]| counts.iter().map(|&count| (count, 91.0)).collect::<Vec<_>>();
    assert_eq!(count_drift(&quarters(&[5; 7])), None, "seven quarters are too few");
    let steady = count_drift(&quarters(&[10, 12, 9, 11, 8, 13, 10, 9, 11])).unwrap();
    assert_eq!((steady.signal, steady.outside.len()), (None, 0));
    let jump = count_drift(&quarters(&[6, 5, 7, 6, 5, 18, 20, 19, 21])).unwrap();
    assert!(jump.signal.is_some_and(|(at, rises)| at >= 5 && rises));
    assert_eq!(jump.outside, [5, 6, 7, 8]);
    close(jump.limits[0].1, 29.0 / 5.0 + 3.0 * (29.0_f64 / 5.0).sqrt());
}
