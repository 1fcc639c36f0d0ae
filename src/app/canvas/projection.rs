//! What is in sight as a graph of `egui_graphs`: made for each drawing, shown, and thrown away.
//!
//! The widget walks its whole graph and clones both ends of every edge whenever it draws; with only what is in sight in
//! it, a drawing costs what is seen and not what there is.

use std::collections::BTreeMap;
use std::rc::Rc;

use egui_graphs::{Graph, GraphView, SettingsInteraction, SettingsNavigation};
use petgraph::Directed;
use petgraph::stable_graph::NodeIndex;

use super::display::{ArrowShape, CardShape, Knot, Stage};
use super::still::Still;
use crate::editor::Selection;
use crate::model::{Document, HandoffId, PartyId, Subject};
use crate::scene::drawing::Drawing;

/// The graph type that the widget shows.
pub type MapGraph = Graph<Knot, HandoffId, Directed, u32, CardShape, ArrowShape>;

/// What the graph is made of.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// The map.
    pub document: &'a Document,
    /// Its cards and arrows.
    pub drawing: &'a Drawing,
    /// What the widget paints above the rest.
    pub selection: &'a Selection,
    /// The cards in sight, those above others later.
    pub parties: &'a [PartyId],
    /// The arrows in sight.
    pub handoffs: &'a [HandoffId],
}

/// Shows the graph with everything that the widget would do by itself switched off.
pub fn show(ui: &mut egui::Ui, stage: &Rc<Stage>, sight: &Sight<'_>) -> egui::Response {
    let interactions = SettingsInteraction::new().with_dragging_enabled(false).with_hover_enabled(false);
    let navigation = SettingsNavigation::new().with_fit_to_screen_enabled(false).with_zoom_and_pan_enabled(false);
    GraphView::<Still, Still>::new()
        .with_interactions(&interactions)
        .with_navigations(&navigation)
        .with_id(Some("peel-map".into()))
        .show(ui, &mut graph(stage, sight))
        .response
}

fn graph(stage: &Rc<Stage>, sight: &Sight<'_>) -> MapGraph {
    let (mut graph, mut nodes) = (MapGraph::new(), BTreeMap::new());
    for id in sight.parties {
        node(&mut graph, &mut nodes, stage, sight, Knot::Party(*id));
    }
    for id in sight.handoffs {
        let (Some(handoff), Some(arrow)) = (sight.document.handoff(*id), sight.drawing.arrows.get(id)) else {
            continue;
        };
        // An end out of sight is a node all the same, and paints nothing.
        let ends = [handoff.supplier, handoff.customer].map(|party| party.map_or(Knot::Open(*id), Knot::Party));
        let [from, to] = ends.map(|knot| node(&mut graph, &mut nodes, stage, sight, knot));
        graph.add_edge_custom(from, to, *id, |edge| {
            edge.set_label(String::new());
            *edge.display_mut() = ArrowShape { stage: stage.clone(), arrow: Some(arrow.clone()) };
        });
    }
    graph
}

/// The node of a party or of an open end, which is made when it is not there yet.
fn node(
    graph: &mut MapGraph,
    nodes: &mut BTreeMap<Knot, NodeIndex<u32>>,
    stage: &Rc<Stage>,
    sight: &Sight<'_>,
    knot: Knot,
) -> NodeIndex<u32> {
    *nodes.entry(knot).or_insert_with(|| {
        let placed = if let Knot::Party(id) = knot { sight.drawing.cards.get(&id) } else { None };
        let place = placed.map(|placed| placed.place).unwrap_or_default();
        let is_selected = matches!(knot, Knot::Party(id) if sight.selection.has(Subject::Party(id)));
        graph.add_node_custom(knot, |node| {
            node.set_label(String::new());
            node.set_location(egui::pos2(place.x, place.y));
            node.set_selected(is_selected);
            *node.display_mut() =
                CardShape { stage: stage.clone(), card: placed.map(|placed| placed.card.clone()), place };
        })
    })
}
