//! The document's scene as a graph of `egui_graphs`: disposable, patched with what a sync changed, never read back.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use egui_graphs::{Graph, GraphView, SettingsInteraction, SettingsNavigation};
use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use petgraph::{Directed, Direction};

use super::display::{ArrowShape, CardShape, Knot, Stage};
use super::still::Still;
use crate::editor::Selection;
use crate::geom::Point;
use crate::model::{Document, Handoff, HandoffId, PartyId, Subject};
use crate::scene::card::Card;
use crate::scene::drawing::{Changes, Drawing};
use crate::scene::handoff::Arrow;

/// The graph type that the widget shows.
pub type MapGraph = Graph<Knot, HandoffId, Directed, u32, CardShape, ArrowShape>;

/// The widget's graph, and where each record is in it.
#[derive(Debug)]
pub struct Projection {
    graph: MapGraph,
    nodes: BTreeMap<Knot, NodeIndex<u32>>,
    edges: BTreeMap<HandoffId, EdgeIndex<u32>>,
    stage: Rc<Stage>,
}

impl Default for Projection {
    fn default() -> Self {
        let graph = Graph::new();
        Self { graph, nodes: BTreeMap::new(), edges: BTreeMap::new(), stage: Rc::default() }
    }
}

impl Projection {
    /// What all shapes share.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Brings the graph up to date with what a sync of the scene changed.
    pub fn patch(&mut self, document: &Document, drawing: &Drawing, changes: &Changes) {
        for id in &changes.parties {
            let knot = Knot::Party(*id);
            match drawing.cards.get(id) {
                Some(placed) => self.put_node(knot, placed.place, Some(placed.card.clone())),
                None => self.remove_node(knot),
            }
        }
        for id in &changes.handoffs {
            match (document.handoff(*id), drawing.arrows.get(id)) {
                (Some(handoff), Some(arrow)) => self.put_edge(*id, handoff, arrow),
                _ => {
                    self.remove_edge(*id);
                    self.remove_node(Knot::Open(*id));
                }
            }
        }
    }

    /// Marks what is selected, which the widget paints above the rest; true when that changed anything.
    pub fn select(&mut self, selection: &Selection) -> bool {
        let mut changed = false;
        for (knot, index) in &self.nodes {
            let selected = matches!(knot, Knot::Party(id) if selection.has(Subject::Party(*id)));
            if let Some(node) = self.graph.node_mut(*index)
                && node.selected() != selected
            {
                node.set_selected(selected);
                changed = true;
            }
        }
        changed
    }

    fn put_edge(&mut self, id: HandoffId, handoff: &Handoff, arrow: &Arc<Arrow>) {
        let open = Knot::Open(id);
        if handoff.ends().is_some() {
            self.remove_node(open);
        } else {
            let end = if handoff.supplier.is_none() { arrow.path.start() } else { arrow.path.end() };
            self.put_node(open, end, None);
        }
        let node = |party: Option<PartyId>| self.nodes.get(&party.map_or(open, Knot::Party)).copied();
        let Some(ends) = node(handoff.supplier).zip(node(handoff.customer)) else { return };
        let shape = ArrowShape { stage: self.stage.clone(), arrow: Some(arrow.clone()) };
        if let Some(edge) = self.edges.get(&id).copied()
            && self.graph.edge_endpoints(edge) == Some(ends)
            && let Some(edge) = self.graph.edge_mut(edge)
        {
            *edge.display_mut() = shape;
            return;
        }
        self.remove_edge(id);
        let edge = self.graph.add_edge_custom(ends.0, ends.1, id, |edge| {
            edge.set_label(String::new());
            *edge.display_mut() = shape;
        });
        self.edges.insert(id, edge);
    }

    fn remove_edge(&mut self, id: HandoffId) {
        if let Some(edge) = self.edges.remove(&id) {
            self.graph.remove_edge(edge);
        }
    }

    fn put_node(&mut self, knot: Knot, place: Point, card: Option<Arc<Card>>) {
        let shape = CardShape { stage: self.stage.clone(), card, place };
        let location = egui::pos2(place.x, place.y);
        if let Some(node) = self.nodes.get(&knot).and_then(|index| self.graph.node_mut(*index)) {
            node.set_location(location);
            *node.display_mut() = shape;
            return;
        }
        let index = self.graph.add_node_custom(knot, |node| {
            node.set_label(String::new());
            node.set_location(location);
            *node.display_mut() = shape;
        });
        self.nodes.insert(knot, index);
    }

    fn remove_node(&mut self, knot: Knot) {
        if let Some(index) = self.nodes.remove(&knot) {
            // The widget's graph takes its edges along; forget them too.
            for direction in [Direction::Incoming, Direction::Outgoing] {
                for edge in self.graph.edges_directed(index, direction) {
                    self.edges.remove(edge.weight().payload());
                }
            }
            self.graph.remove_node(index);
        }
    }

    /// Shows the graph with everything that the widget would do by itself switched off.
    pub fn show(&mut self, ui: &mut egui::Ui) -> egui::Response {
        let interactions = SettingsInteraction::new().with_dragging_enabled(false).with_hover_enabled(false);
        let navigation = SettingsNavigation::new().with_fit_to_screen_enabled(false).with_zoom_and_pan_enabled(false);
        GraphView::<Still, Still>::new()
            .with_interactions(&interactions)
            .with_navigations(&navigation)
            .with_id(Some("peel-map".into()))
            .show(ui, &mut self.graph)
            .response
    }
}
