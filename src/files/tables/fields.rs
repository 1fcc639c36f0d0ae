//! The columns of every table, each with its way into the record. A new field of a record is one row here.

use super::columns::Cell::{Day, Hours, Number, Text, When, Word, YesNo};
use super::columns::{Column, Need};
use super::field::{Field, Record, always, column, field, key, name};
use super::table::TableKind;
use super::value::{Choice, Kept};
use crate::model::quantity::{MONEY, PERCENT, Quantity, SAMPLE, SCORE, TOLERANCE, VALUE, VOLUME, WEIGHT};
use crate::model::{
    Agreement, Aspect, Direction, Handoff, HandoffKind, Known, LONGEST_SPRINT, Measure, NotApplicable, Observation,
    Operator, Party, PartyKind, Period, Rating, Requirement, Review, Side, Sprint, Step, Task, Timing, Voice,
    VoiceKind,
};

const KNOWN: Choice = Choice::of::<Known>(&[]);

/// A column with the name of something that the row belongs to.
const fn of(name: &'static str, need: Need) -> Column {
    Column { need, ..column(name, Text) }
}

impl Record for Party {
    const KIND: TableKind = TableKind::Parties;
    const BELONGS: &'static [Column] = &[];
    const MISSING: &'static str = "the name is missing";
    const FIELDS: &'static [Field<Self>] = &[
        name(field!("name", Text, |party| party.name)),
        field!("kind", Word(PARTY_KINDS), |party| party.kind),
        field!("department", Text, |party| party.department),
        field!("owner", Text, |party| party.owner),
        field!("process_time_h", Hours, |party| party.process_time_h),
        field!("value_adding", YesNo, |party| party.value_adding),
        field!("promise", Text, |party| party.promise),
        field!("rate_per_h", Number(MONEY), |party| party.rate_per_h),
        field!("process_time_low_h", Hours, |party| party.process_time_low_h),
        field!("process_time_high_h", Hours, |party| party.process_time_high_h),
        field!("target_lead_time_h", Hours, |party| party.target_lead_time_h),
    ];
}

const PARTY_KINDS: Choice = Choice::of::<PartyKind>(&[
    ("internal", "process"),
    ("internal process", "process"),
    ("external customer", "customer"),
    ("external supplier", "supplier"),
]);

impl Record for Handoff {
    const KIND: TableKind = TableKind::Handoffs;
    const BELONGS: &'static [Column] = &[of("supplier", Need::WithoutId), of("customer", Need::WithoutId)];
    const MISSING: &'static str = "the item is missing: say what is handed over";
    const FIELDS: &'static [Field<Self>] = &[
        name(field!("item", Text, |handoff| handoff.item)),
        field!("kind", Word(Choice::of::<HandoffKind>(&[])), |handoff| handoff.kind),
        field!("critical", YesNo, |handoff| handoff.critical),
        field!("wait_h", Hours, |handoff| handoff.wait_h),
        field!("complete_accurate_pct", Number(PERCENT), |handoff| handoff.complete_accurate_pct),
        field!("on_time_pct", Number(PERCENT), |handoff| handoff.on_time_pct),
        field!("volume", Number(VOLUME), |handoff| handoff.volume),
        field!("sample_size", Number(SAMPLE), |handoff| handoff.sample_size),
        field!("known", Word(KNOWN), |handoff| handoff.known),
        field!("agreement", Word(Choice::of::<Agreement>(&[])), |handoff| handoff.agreement),
        field!("contact", Text, |handoff| handoff.contact),
        field!("period", Word(Choice::of::<Period>(&[])), |handoff| handoff.period),
        field!("ask", Text, |handoff| handoff.ask),
        field!("offer", Text, |handoff| handoff.offer),
        field!("valid_until", When, |handoff| handoff.valid_until),
        field!("check_h", Hours, |handoff| handoff.check_h),
        field!("fix_receiver_h", Hours, |handoff| handoff.fix_receiver_h),
        field!("fix_supplier_h", Hours, |handoff| handoff.fix_supplier_h),
        field!("late_h", Hours, |handoff| handoff.late_h),
        field!("late_cost_per_h", Number(MONEY), |handoff| handoff.late_cost_per_h),
        field!("escape_pct", Number(PERCENT), |handoff| handoff.escape_pct),
        field!("escape_cost", Number(MONEY), |handoff| handoff.escape_cost),
        field!("wait_low_h", Hours, |handoff| handoff.wait_low_h),
        field!("wait_high_h", Hours, |handoff| handoff.wait_high_h),
    ];
}

impl Record for Requirement {
    const KIND: TableKind = TableKind::Requirements;
    const BELONGS: &'static [Column] =
        &[of("supplier", Need::Always), of("customer", Need::Always), of("item", Need::Always)];
    const MISSING: &'static str = "the requirement is missing: say what the receiver needs";
    const FIELDS: &'static [Field<Self>] = &[
        name(field!("requirement", Text, |requirement| requirement.text)),
        field!("measure", Text, |requirement| requirement.measure),
        field!("unit", Text, |requirement| requirement.unit),
        field!("operator", Word(OPERATORS), |requirement| requirement.operator),
        field!("target", Number(VALUE), |requirement| requirement.target),
        // Written as the latest value; what it means when it comes back depends on the observations: see `actual`.
        Field {
            column: column("actual", Number(VALUE)),
            key: false,
            get: |requirement| requirement.actual().value(),
            set: |_, _| {},
        },
        field!("must", YesNo, |requirement| requirement.must),
        field!("weight", Number(WEIGHT), |requirement| requirement.weight),
        field!("tolerance", Number(TOLERANCE), |requirement| requirement.tolerance),
        field!("basic", YesNo, |requirement| requirement.basic),
    ];
}

const OPERATORS: Choice = Choice::of::<Operator>(&[
    ("≥", ">="),
    ("at least", ">="),
    ("≤", "<="),
    ("at most", "<="),
    ("==", "="),
    ("exactly", "="),
]);

impl Record for Measure {
    const KIND: TableKind = TableKind::Measures;
    const BELONGS: &'static [Column] = &[of("party", Need::Always)];
    const MISSING: &'static str = "the measure is missing: say what is counted or measured";
    const FIELDS: &'static [Field<Self>] = &[
        name(field!("measure", Text, |measure| measure.name)),
        field!("unit", Text, |measure| measure.unit),
        field!("direction", Word(DIRECTIONS), |measure| measure.direction),
        field!("target", Number(VALUE), |measure| measure.target),
        field!("tolerance", Number(TOLERANCE), |measure| measure.tolerance),
        field!("timing", Word(Choice::of::<Timing>(&[])), |measure| measure.timing),
        field!("serves_promise", YesNo, |measure| measure.serves_promise),
    ];
}

const DIRECTIONS: Choice = Choice::of::<Direction>(&[("higher is better", "higher"), ("lower is better", "lower")]);

impl Record for Observation {
    const KIND: TableKind = TableKind::Observations;
    const BELONGS: &'static [Column] = &[
        of("supplier", Need::Never),
        of("customer", Need::Never),
        of("item", Need::Never),
        of("requirement", Need::Never),
        of("party", Need::Never),
        of("measure", Need::Never),
    ];
    const HAS_ID: bool = false;
    const MISSING: &'static str = "the value is missing: write what was seen";
    const FIELDS: &'static [Field<Self>] = &[
        key(field!("period", When, |observation| observation.when)),
        always(field!("value", Number(VALUE), |observation| observation.value)),
        field!("sample_size", Number(SAMPLE), |observation| observation.sample_size),
        field!("known", Word(KNOWN), |observation| observation.known),
        key(field!("by", Text, |observation| observation.by)),
    ];
}

impl Record for Voice {
    const KIND: TableKind = TableKind::Expectations;
    const BELONGS: &'static [Column] = &[of("party", Need::Always), of("customer", Need::Never)];
    const TELLING: &'static [&'static str] = &["expectation", "importance", "satisfaction"];
    const FIELDS: &'static [Field<Self>] = &[
        key(field!("kind", Word(Choice::of::<VoiceKind>(&[])), |voice| voice.kind)),
        key(field!("expectation", Text, |voice| voice.text)),
        field!("importance", Number(SCORE), |voice| voice.importance),
        field!("satisfaction", Number(SCORE), |voice| voice.satisfaction),
        key(field!("source", Text, |voice| voice.source)),
        field!("period", When, |voice| voice.when),
        field!("people", Number(SAMPLE), |voice| voice.people),
    ];
}

impl Record for Rating {
    const KIND: TableKind = TableKind::Ratings;
    const BELONGS: &'static [Column] = Requirement::BELONGS;
    const HAS_ID: bool = false;
    const TELLING: &'static [&'static str] = &["speed", "ease", "proactive", "overall"];
    const FIELDS: &'static [Field<Self>] = &[
        key(field!("side", Word(SIDES), |rating| rating.side)),
        key(field!("who", Text, |rating| rating.who)),
        key(field!("period", When, |rating| rating.when)),
        field!("speed", Number(SCORE), |rating| rating.marks[Aspect::Speed as usize]),
        field!("ease", Number(SCORE), |rating| rating.marks[Aspect::Ease as usize]),
        field!("proactive", Number(SCORE), |rating| rating.marks[Aspect::Proactive as usize]),
        field!("overall", Number(SCORE), |rating| rating.marks[Aspect::Overall as usize]),
    ];
}

const SIDES: Choice = Choice::of::<Side>(&[("customer", "receiver")]);

/// Steps and figures that a review froze are not told: nobody should write them by hand.
impl Record for Review {
    const KIND: TableKind = TableKind::Reviews;
    const BELONGS: &'static [Column] = &[of("party", Need::Always)];
    const HAS_ID: bool = false;
    const MISSING: &'static str = "the day is missing on which the review was started";
    const FIELDS: &'static [Field<Self>] = &[
        key(always(field!("started", Day, |review| review.started))),
        field!("finished", Day, |review| review.finished),
        field!("led_by", Text, |review| review.by),
        field!("notes", Text, |review| review.notes),
    ];
}

impl Record for NotApplicable {
    const KIND: TableKind = TableKind::Steps;
    const BELONGS: &'static [Column] = &[of("party", Need::Always)];
    const HAS_ID: bool = false;
    const MISSING: &'static str = "say which step does not apply, and why";
    const FIELDS: &'static [Field<Self>] = &[
        key(always(field!("step", Word(Choice::of::<Step>(&[])), |of| of.step))),
        always(field!("reason", Text, |of| of.reason)),
        field!("period", When, |of| of.when),
    ];
}

const LENGTH: Quantity = Quantity { unit: "d", min: 1.0, max: LONGEST_SPRINT as f64, whole: true };

/// The handoff is the one that is redesigned; those that a sprint touches as well, and what it froze, are not told.
impl Record for Sprint {
    const KIND: TableKind = TableKind::Sprints;
    const BELONGS: &'static [Column] =
        &[of("supplier", Need::Never), of("customer", Need::Never), of("item", Need::Never)];
    const MISSING: &'static str = "the goal is missing: say what is to become better";
    const FIELDS: &'static [Field<Self>] = &[
        name(field!("goal", Text, |sprint| sprint.goal)),
        field!("owner", Text, |sprint| sprint.owner),
        field!("start", Day, |sprint| sprint.start),
        field!("days", Number(LENGTH), |sprint| sprint.days),
        field!("cost", Number(MONEY), |sprint| sprint.cost),
        field!("why_several", Text, |sprint| sprint.why_several),
        field!("notes", Text, |sprint| sprint.notes),
    ];
}

impl Record for Task {
    const KIND: TableKind = TableKind::Tasks;
    const BELONGS: &'static [Column] = &[of("sprint", Need::Always)];
    const HAS_ID: bool = false;
    const MISSING: &'static str = "the task is missing: say what is to be done";
    const FIELDS: &'static [Field<Self>] = &[
        key(always(field!("task", Text, |task| task.text))),
        field!("owner", Text, |task| task.owner),
        field!("done", Day, |task| task.done),
    ];
}
