//! What a cell means: yes and no, comparisons, sums.
