//! Many short lists in two flat vectors: the neighbours of each vertex.

/// The items of list `i` are those between `start[i]` and `start[i + 1]`.
#[derive(Debug, Clone, Default)]
pub(in crate::layout) struct Lists<T> {
    start: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Lists<T> {
    /// Sorts pairs of (list, item) into `lists` lists; each keeps the order of the pairs.
    pub(in crate::layout) fn group(lists: usize, pairs: impl Iterator<Item = (usize, T)> + Clone) -> Self {
        let mut start = vec![0_u32; lists + 1];
        for (list, _) in pairs.clone() {
            start[list + 1] += 1;
        }
        for list in 0..lists {
            start[list + 1] += start[list];
        }
        let mut next = start.clone();
        let mut items = vec![T::default(); start[lists] as usize];
        for (list, item) in pairs {
            items[next[list] as usize] = item;
            next[list] += 1;
        }
        Self { start, items }
    }

    /// The items of one list.
    pub(in crate::layout) fn of(&self, list: usize) -> &[T] {
        &self.items[self.range(list)]
    }

    /// The items of one list, to be put into another order.
    pub(in crate::layout) fn of_mut(&mut self, list: usize) -> &mut [T] {
        let range = self.range(list);
        &mut self.items[range]
    }

    /// One item of the flat vector.
    pub(in crate::layout) fn item(&self, at: usize) -> T {
        self.items[at]
    }

    /// Where the items of a list lie in the flat vector.
    pub(in crate::layout) fn range(&self, list: usize) -> std::ops::Range<usize> {
        self.start[list] as usize..self.start[list + 1] as usize
    }
}
