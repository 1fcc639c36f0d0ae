//! Random documents, edits and scraps of text.

use peel::geom::{Point, Rect, pt};
use peel::model::{
    Agreement, Dismissal, Document, Edit, Figure, Flow, Form, Handoff, HandoffId, HandoffKind, Known, LayerMode,
    ListColumn, MapInfo, Observation, Operator, Party, PartyId, PartyKind, Period, Requirement, RequirementId,
    SavedView, Scenario, ScenarioId, SipocColumn, SprintId, Subject, ViewChoice, ViewId, ViewKind,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::random_contract::{accord, history, measures, voices};
use super::random_improve::{not_applicable, reviews, schedule, sprint};
use super::random_scenarios::{dismissed, scenario};

/// Texts with all that might confuse a parser.
pub fn text() -> impl Strategy<Value = String> {
    let nasty = select(vec![
        "\"",
        "\\",
        "\n",
        "\r\n",
        "\t",
        "'",
        "r#\"",
        "\"#",
        "//",
        "/*",
        "*/",
        "(",
        ")",
        "[",
        "]",
        "{",
        ",",
        ":",
        "None",
        "Some(",
        "\\u{41}",
        "\u{1}",
        "\u{7f}",
        "\u{85}",
        "\u{2028}",
        "\u{202e}",
        "\u{feff}",
        "\u{200d}",
        "👩‍👩‍👧",
        "שלום",
        "नमस्ते",
        "e\u{301}",
        "version: 2",
        "<<<<<<< ",
        "=======",
        " ",
        "",
    ]);
    let piece = prop_oneof![4 => nasty.prop_map(String::from), 2 => "[a-z ]{0,8}", 1 => any::<char>().prop_map(|c| c.to_string())];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat().replace('\0', ""))
}

pub fn number(min: f64, max: f64) -> BoxedStrategy<f64> {
    let bits = any::<f64>().prop_filter("in range", move |v| (min..=max).contains(v)).boxed();
    prop_oneof![3 => min..=max, 2 => (min.ceil() as i64..=max.min(1e6) as i64).prop_map(|v| v as f64), 1 => Just(max), 1 => Just(if min <= 0.0 { -0.0 } else { min }), 1 => bits]
    .boxed()
}

fn coordinate() -> impl Strategy<Value = f32> {
    let bits = any::<f32>().prop_filter("in range", |v| v.abs() <= 1e6);
    prop_oneof![3 => -1e6_f32..=1e6, 2 => (-5000_i16..5000).prop_map(f32::from), 1 => bits]
}

pub fn place() -> impl Strategy<Value = Point> {
    (coordinate(), coordinate()).prop_map(|(x, y)| pt(x, y))
}

pub fn id() -> impl Strategy<Value = String> {
    "[-_a-z0-9]{1,12}"
}

fn party() -> impl Strategy<Value = Party> {
    (party_without_loop(), not_applicable(), option::of(schedule()), reviews())
        .prop_map(|(party, not_applicable, review, reviews)| Party { not_applicable, review, reviews, ..party })
}

/// A party that nobody has worked on yet.
pub fn party_without_loop() -> impl Strategy<Value = Party> {
    let texts = (text(), text(), text(), text(), text());
    let hours = || option::of(number(0.0, 1e6));
    let numbers = (hours(), option::of(number(0.0, 1e12)), hours(), hours(), hours());
    let words = (select(&PartyKind::ALL[..]), any::<Option<bool>>());
    (texts, words, numbers, (measures(), voices(), dismissed())).prop_map(
        |(
            (name, department, owner, promise, notes),
            (kind, value_adding),
            (process_time_h, rate_per_h, process_time_low_h, process_time_high_h, target_lead_time_h),
            (measures, voices, dismissed),
        )| Party {
            name,
            kind,
            department,
            owner,
            promise,
            notes,
            process_time_h,
            process_time_low_h,
            process_time_high_h,
            value_adding,
            rate_per_h,
            target_lead_time_h,
            measures,
            voices,
            dismissed,
            ..Party::default()
        },
    )
}

fn requirement() -> impl Strategy<Value = Requirement> {
    let numbers = (option::of(number(-1e15, 1e15)), option::of(number(0.0, 1e15)), number(0.0, 1000.0), history());
    let flags = (any::<bool>(), any::<bool>());
    (id(), (text(), text(), text()), option::of(select(Operator::ALL)), flags, numbers).prop_map(
        |(id, (text, measure, unit), operator, (must, basic), (target, tolerance, weight, observations))| Requirement {
            id: RequirementId::parse(&id).unwrap(),
            text,
            measure,
            unit,
            operator,
            target,
            tolerance,
            must,
            weight,
            basic,
            observations,
        },
    )
}

/// A handoff without ends.
pub fn handoff() -> impl Strategy<Value = Handoff> {
    let words = (
        select(Form::ALL),
        select(HandoffKind::ALL),
        select(Period::ALL),
        option::of(select(Known::ALL)),
        select(Agreement::ALL),
    );
    let share = || option::of(number(0.0, 100.0));
    let numbers = (
        option::of(number(0.0, 1e6)),
        share(),
        share(),
        option::of(number(0.0, 1e12)),
        option::of(0_u32..1_000_000_000),
    );
    let hours = || option::of(number(0.0, 1e6));
    let money = || option::of(number(0.0, 1e12));
    let costs = (hours(), hours(), hours(), hours(), money(), share(), money());
    let texts = (text(), text());
    let waits = (hours(), hours());
    let contract = (accord(), proptest::collection::vec(requirement(), 0..4), dismissed(), waits);
    (words, numbers, costs, texts, any::<bool>(), contract).prop_map(
        |(
            (form, kind, period, known, agreement),
            numbers,
            costs,
            (item, notes),
            critical,
            (accord, mut requirements, dismissed, (wait_low_h, wait_high_h)),
        )| {
            let (check_h, fix_receiver_h, fix_supplier_h, late_h, late_cost_per_h, escape_pct, escape_cost) = costs;
            let (wait_h, complete_accurate_pct, on_time_pct, volume, sample_size) = numbers;
            let mut seen = std::collections::BTreeSet::new();
            requirements.retain(|r| seen.insert(r.id));
            Handoff {
                supplier: None,
                customer: None,
                item,
                form,
                kind,
                critical,
                wait_h,
                wait_low_h,
                wait_high_h,
                complete_accurate_pct,
                on_time_pct,
                volume,
                period,
                known,
                sample_size: sample_size.map(f64::from),
                check_h,
                fix_receiver_h,
                fix_supplier_h,
                late_h,
                late_cost_per_h,
                escape_pct,
                escape_cost,
                agreement,
                notes,
                requirements,
                dismissed,
                ..accord
            }
        },
    )
}

fn info() -> impl Strategy<Value = MapInfo> {
    let lanes = proptest::collection::vec(text(), 0..4);
    let texts = (text(), text(), text());
    let days = prop_oneof![Just(90), 1..=36_500_u32].prop_map(f64::from);
    (texts, (number(0.25, 24.0), days), lanes, dismissed(), option::of(schedule())).prop_map(
        |((title, notes, currency), (hours_per_day, stale_after_days), lane_order, dismissed, review)| MapInfo {
            title,
            notes,
            hours_per_day,
            currency,
            lane_order,
            stale_after_days,
            review,
            dismissed,
        },
    )
}

fn area() -> impl Strategy<Value = Rect> {
    let edges = || {
        let edge = prop_oneof![3 => -1e9_f32..=1e9, 1 => coordinate()];
        (edge.clone(), edge).prop_filter("apart", |(a, b)| a != b).prop_map(|(a, b)| (a.min(b), a.max(b)))
    };
    (edges(), edges()).prop_map(|((left, right), (top, bottom))| Rect { min: pt(left, top), max: pt(right, bottom) })
}

fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![
        id().prop_map(|id| Subject::Party(PartyId::parse(&id).unwrap())),
        id().prop_map(|id| Subject::Handoff(HandoffId::parse(&id).unwrap())),
    ]
}

/// Any sound view; what it names need not be there.
fn view() -> impl Strategy<Value = SavedView> {
    let party = || option::of(id().prop_map(|id| PartyId::parse(&id).unwrap()));
    let sort = option::of((select(&SipocColumn::ALL[..]), any::<bool>()));
    let list_sort = option::of((select(&ListColumn::ALL[..]), any::<bool>()));
    let words = (
        select(&ViewKind::ALL[..]),
        select(&Flow::ALL[..]),
        select(&LayerMode::ALL[..]),
        select(&Figure::ALL[..]),
        (sort, list_sort),
    );
    let choice =
        (words, (party(), party()), option::of(0..=200_000_usize), text(), party()).prop_map(
            |((kind, flow, mode, figure, (sort, list_sort)), (centre, customer), layers, filter, spotlight)| {
                ViewChoice { kind, flow, mode, figure, centre, customer, layers, filter, sort, list_sort, spotlight }
            },
        );
    let emphasis = proptest::collection::vec(subject(), 0..4);
    (text(), text(), choice, option::of(area()), emphasis, any::<u32>())
        .prop_map(|(name, notes, choice, area, emphasis, rank)| SavedView { name, notes, choice, area, emphasis, rank })
}

/// Any sound document.
pub fn document() -> impl Strategy<Value = Document> {
    let parties = proptest::collection::btree_map(id(), (party(), place()), 0..8);
    let ends = (any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), 0..4_u8);
    let handoffs = proptest::collection::btree_map(id(), (handoff(), ends), 0..8);
    let views = proptest::collection::btree_map(id(), view(), 0..4);
    let scenarios = proptest::collection::btree_map(id(), scenario(), 0..4);
    let sprints = proptest::collection::btree_map(id(), sprint(), 0..3);
    (info(), parties, handoffs, views, (scenarios, sprints)).prop_map(|(info, parties, handoffs, views, last)| {
        let (scenarios, sprints) = last;
        let ids: Vec<PartyId> = parties.keys().map(|id| PartyId::parse(id).unwrap()).collect();
        let mut edits = vec![Edit::SetInfo(info)];
        for (id, (party, place)) in ids.iter().zip(parties.into_values()) {
            edits.extend([Edit::PutParty(*id, party), Edit::Place(*id, place)]);
        }
        for (id, (mut handoff, (supplier, customer, open))) in handoffs {
            if ids.is_empty() {
                continue;
            }
            let (supplier, customer) = (*supplier.get(&ids), *customer.get(&ids));
            handoff.supplier = Some(supplier).filter(|_| open != 1);
            handoff.customer = Some(customer).filter(|c| open != 2 && (open == 1 || *c != supplier));
            if handoff.supplier.is_some() || handoff.customer.is_some() {
                edits.push(Edit::PutHandoff(HandoffId::parse(&id).unwrap(), handoff));
            }
        }
        edits.extend(views.into_iter().map(|(id, view)| Edit::PutView(ViewId::parse(&id).unwrap(), view)));
        let put = |(id, scenario): (String, _)| Edit::PutScenario(ScenarioId::parse(&id).unwrap(), scenario);
        edits.extend(scenarios.into_iter().map(put));
        let put = |(id, sprint): (String, _)| Edit::PutSprint(SprintId::parse(&id).unwrap(), sprint);
        edits.extend(sprints.into_iter().map(put));
        let mut document = Document::default();
        document.apply(edits).unwrap();
        document
    })
}

/// Any edits, those that no document would take included.
pub fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let wild = || any::<f64>();
    let edit = prop_oneof![
        (id(), party(), option::of(wild())).prop_map(|(id, party, process_time_h)| {
            Edit::PutParty(PartyId::parse(&id).unwrap(), Party { process_time_h, ..party })
        }),
        id().prop_map(|id| Edit::RemoveParty(PartyId::parse(&id).unwrap())),
        (id(), any::<(f32, f32)>()).prop_map(|(id, (x, y))| Edit::Place(PartyId::parse(&id).unwrap(), pt(x, y))),
        (id(), handoff(), option::of(id()), option::of(id()), wild()).prop_map(
            |(id, mut handoff, supplier, customer, value)| {
                let party = |id: Option<String>| id.map(|id| PartyId::parse(&id).unwrap());
                if let Some(requirement) = handoff.requirements.first_mut() {
                    requirement.observations.add(Observation::of(value));
                }
                let handoff = Handoff { supplier: party(supplier), customer: party(customer), ..handoff };
                Edit::PutHandoff(HandoffId::parse(&id).unwrap(), handoff)
            }
        ),
        id().prop_map(|id| Edit::RemoveHandoff(HandoffId::parse(&id).unwrap())),
        (info(), wild(), wild()).prop_map(|(mut info, hours_per_day, stale_after_days)| {
            info.dismissed.push(Dismissal::default());
            Edit::SetInfo(MapInfo { hours_per_day, stale_after_days, ..info })
        }),
        (id(), view(), option::of(any::<(f32, f32, f32, f32)>()), any::<usize>()).prop_map(
            |(id, mut view, area, layers)| {
                view.area = area.map(|(a, b, c, d)| Rect { min: pt(a, b), max: pt(c, d) });
                view.choice.layers = Some(layers);
                Edit::PutView(ViewId::parse(&id).unwrap(), view)
            }
        ),
        id().prop_map(|id| Edit::RemoveView(ViewId::parse(&id).unwrap())),
        (id(), scenario(), wild(), option::of(wild())).prop_map(|(id, mut scenario, value, cost)| {
            if let Some(change) = scenario.changes.first_mut() {
                change.value = value;
                let twice = change.clone();
                scenario.changes.push(twice);
            }
            Edit::PutScenario(ScenarioId::parse(&id).unwrap(), Scenario { cost, ..scenario })
        }),
        id().prop_map(|id| Edit::RemoveScenario(ScenarioId::parse(&id).unwrap())),
        (id(), sprint(), any::<u32>(), option::of(wild())).prop_map(|(id, sprint, days, cost)| {
            Edit::PutSprint(SprintId::parse(&id).unwrap(), peel::model::Sprint { days, cost, ..sprint })
        }),
        id().prop_map(|id| Edit::RemoveSprint(SprintId::parse(&id).unwrap())),
    ];
    proptest::collection::vec(edit, 0..6)
}

/// A piece of a file, sound or not.
pub fn scrap() -> impl Strategy<Value = &'static str> {
    select(vec![
        "(",
        ")",
        "[",
        "]",
        ",",
        ": ",
        "(version: 1,",
        "map: (",
        "parties: [",
        "handoffs: [",
        "requirements: [",
        "measures: [",
        "expectations: [",
        "views: [",
        "scenarios: [",
        "(id: \"s\", changes: [",
        "(handoff: \"h1\", field: wait_h, value: 2),",
        "(party: \"a\", field: process_time_h, value: 2, why: \"x\"),",
        "(party: \"a\", handoff: \"h1\", field: ",
        "dismissed: [",
        "(kind: \"fence\", reason: \"x\"),",
        "requirement: \"r\", measure: \"m\",",
        "stale_after_days: 30,",
        "wait_low_h: 1,",
        "(party: \"a\"),",
        "(party: \"a\", ",
        "observations: [",
        "(value: 1),",
        "(when: \"2026-03\", value: 45, n: 40, known: measured, by: \"Ana\"),",
        "actual: 1,",
        "told: [(when: \"2026\", state: sent)],",
        "roles: [(raci: accountable), ",
        "ratings: [(side: supplier, overall: 7)],",
        "when: \"soon\",",
        "valid_until: \"2026-Q1\",",
        "(id: \"v\"),",
        "(name: \"x\", kind: onion,",
        "area: (left: 0, top: 0, right: 1, bottom: 1),",
        "emphasis: [party(\"a\")],",
        "lane_order: [\"x\"],",
        "(id: \"a\"),",
        "(id: \"b\", at: (1, 2)),",
        "],",
        "title: \"x\",",
        "supplier: \"a\",",
        "customer: \"b\",",
        "at: ",
        "(1, 2)",
        "1e400",
        "NaN",
        "-inf",
        "wait_h: ",
        "escape_pct: ",
        "rate_per_h: 7,",
        "\"",
        "'",
        "r#\"",
        "//",
        "/*",
        "*/",
        "Some(",
        "None",
        "\u{feff}",
        "é",
        "#![enable(unwrap_newtypes)]",
        "(handoff: \"h1\"),",
        "(supplier: \"a\"),",
        "(supplier: \"a\", customer: \"b\"),",
        "operator: \"=\",",
        "weight: -1,",
        "\n",
    ])
}
