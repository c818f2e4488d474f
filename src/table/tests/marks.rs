use super::*;

fn noted(stride: u64, most: usize, octets: impl Iterator<Item = u64>) -> Marks {
    let mut marks = Marks::new(stride, most);
    for (rows, octet) in octets.enumerate() {
        marks.note(Mark {
            rows: 1 + rows as u64,
            octet,
            ..Mark::default()
        });
    }
    marks
}

#[test]
fn a_place_is_kept_for_every_stride_and_the_first_row_always() {
    let marks = noted(100, 64, (0..1000).step_by(10).map(|octet| octet + 7));
    let octets: Vec<u64> = marks.marks.iter().map(|mark| mark.octet).collect();
    assert_eq!(octets, (0..10).map(|n| 100 * n + 7).collect::<Vec<_>>());
    assert_eq!(marks.before(1), None);
    assert_eq!(marks.before(2).map(|mark| mark.rows), Some(1));
    assert_eq!(marks.before(11).map(|mark| mark.rows), Some(1));
    assert_eq!(marks.before(12).map(|mark| mark.rows), Some(11));
    assert_eq!(marks.before(u64::MAX).map(|mark| mark.rows), Some(91));
}

#[test]
fn when_the_room_is_full_the_stride_doubles_until_half_of_it_is_free() {
    let mut marks = noted(10, 16, (0..160).step_by(10));
    assert_eq!((marks.marks.len(), marks.stride), (16, 10));
    marks.note(Mark {
        rows: 17,
        octet: 160,
        ..Mark::default()
    });
    let octets: Vec<u64> = marks.marks.iter().map(|mark| mark.octet).collect();
    assert_eq!(octets, (0..=160).step_by(20).collect::<Vec<_>>());
    assert_eq!(marks.stride, 20);
}

#[test]
fn however_many_rows_there_are_the_room_stays_and_no_gap_is_wider_than_the_stride_and_a_row() {
    // Rows of 1 to 997 octets, and few that are as large as many.
    let octets = (0..1_000_000_u64).scan(0, |at, row| {
        *at += if row % 50_000 == 0 {
            400_000
        } else {
            1 + row * 7919 % 997
        };
        Some(*at)
    });
    let marks = noted(16, 64, octets);
    assert!((16..=64).contains(&marks.marks.len()), "{}", marks.marks.len());
    for pair in marks.marks.windows(2) {
        let gap = pair[1].octet - pair[0].octet;
        assert!((marks.stride..marks.stride * 2 + 400_000).contains(&gap), "{gap}");
    }
    assert_eq!(marks.marks[0].rows, 1);
}

#[test]
fn the_room_is_as_large_as_is_said() {
    assert!(size_of::<Mark>() * MOST <= 192 << 10);
}
