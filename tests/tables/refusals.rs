//! Refused rows of what belongs to parties and handoffs, with the whole message of each.

use super::refused::{H, P, R};

pub(super) const M: &str = "measures.csv";
pub(super) const O: &str = "observations.csv";
pub(super) const E: &str = "expectations.csv";
pub(super) const G: &str = "ratings.csv";

/// File, content, message; on what belongs to parties and handoffs.
pub(super) const REFUSED: &[(&str, &str, &str)] = &[
    (M, "measure,id\nx,m1\n", "measures.csv: the column party is missing"),
    (M, "party,measure\n,x\n", "measures.csv, line 2, party: the party is missing: say which one this is about"),
    (
        M,
        "party,measure\nMill,\n",
        "measures.csv, line 2, measure: the measure is missing: say what is counted or measured",
    ),
    (
        M,
        "party,measure\nMil,x\n",
        "measures.csv, line 2, party: there is no party “Mil”: add it, or write it as it is written there",
    ),
    (
        M,
        "party,measure\nDesk,x\n",
        "measures.csv, line 2, party: 2 parties are called “Desk”: write “Desk [a]” or “Desk [b]”",
    ),
    (
        M,
        "party,measure,direction\nMill,x,up\n",
        "measures.csv, line 2, direction: “up” is not known here: write higher or lower",
    ),
    (
        M,
        "party,measure,timing\nMill,x,now\n",
        "measures.csv, line 2, timing: “now” is not known here: write leading or lagging",
    ),
    (
        M,
        "party,measure,tolerance\nMill,x,-1\n",
        "measures.csv, line 2, tolerance: “-1” must lie between 0 and 1000000000000000",
    ),
    (
        M,
        "party,measure,id\nMill,x,m1\nMill,y,m1\n",
        "measures.csv, line 3, id: the same id as in measures.csv, line 2: an id belongs to one row",
    ),
    (O, "party,measure\nMill,x\n", "observations.csv: the column value is missing"),
    (O, "party,measure,value\nMill,x,\n", "observations.csv, line 2, value: the value is missing: write what was seen"),
    (O, "party,measure,value\nMill,x,high\n", "observations.csv, line 2, value: “high” is not a number"),
    (
        O,
        "party,measure,value,requirement\n,,1,\n",
        "observations.csv, line 2, requirement: nothing says what was observed: name supplier, customer, item and \
        requirement, or party and measure",
    ),
    (
        O,
        "supplier,customer,item,requirement,party,measure,value\nMill,Shop,flour,dry,Mill,,1\n",
        "observations.csv, line 2, party: the row names a handoff and a party: an observation is of a requirement or of a \
        measure, not of both",
    ),
    (
        O,
        "party,measure,value\nMill,speed,1\n",
        "observations.csv, line 2, measure: “Mill” has no measure “speed”: add it to measures, or write it as it is written \
        there",
    ),
    (
        O,
        "party,measure,value\nMill,,1\n",
        "observations.csv, line 2, measure: the measure is missing: say which measure this is about",
    ),
    (
        O,
        "party,measure,value\n,speed,1\n",
        "observations.csv, line 2, party: the party is missing: say which one this is about",
    ),
    (
        O,
        "supplier,customer,item,requirement,value\nMill,Shop,flour,,1\n",
        "observations.csv, line 2, requirement: the requirement is missing: say which requirement this is about",
    ),
    (
        O,
        "supplier,customer,item,requirement,value\nMill,Shop,flour,white,1\n",
        "observations.csv, line 2, requirement: “Mill → Shop: flour” has no requirement “white”: add it to requirements, or \
        write it as it is written there",
    ),
    (
        O,
        "supplier,customer,item,requirement,value\nMill,Shop,flour,dry,1\n",
        "observations.csv, line 2, requirement: 2 requirements of the handoff are called “dry”: write “dry [r1]” or \
        “dry [r2]”",
    ),
    (
        O,
        "supplier,customer,item,requirement,value\nMill,Shop,flour,wet [r2],1\n",
        "observations.csv, line 2, requirement: the id in “wet [r2]” belongs to “Mill → Shop: flour, dry [r2]”: write that, \
        or leave the id out",
    ),
    (
        O,
        "supplier,customer,item,requirement,value\nMill,Shop,,dry,1\n",
        "observations.csv, line 2, item: the item is missing: say which handoff this is about",
    ),
    (
        O,
        "supplier,customer,item,requirement,value,period\nMill,Shop,flour,dry [r1],1,31/12/2026\n",
        "observations.csv, line 2, period: “31/12/2026” is no period: write for example 2026-03-31, 2026-W13, 2026-03, \
        2026-Q1 or 2026",
    ),
    (
        O,
        "supplier,customer,item,requirement,value,period\nMill,Shop,flour,dry [r1],1,\"2026\n13\"\n",
        "observations.csv, line 2, period: “2026 13” is no period: write for example 2026-03-31, 2026-W13, 2026-03, 2026-Q1 \
        or 2026",
    ),
    (
        O,
        "supplier,customer,item,requirement,value,known\nMill,Shop,flour,dry [r1],1,rumour\n",
        "observations.csv, line 2, known: “rumour” is not known here: write guess, sample or measured",
    ),
    (E, "customer,expectation\nShop,speed\n", "expectations.csv: the column party is missing"),
    (
        E,
        "party,expectation\n,speed\n",
        "expectations.csv, line 2, party: the party is missing: say which one this is about",
    ),
    (
        E,
        "party,customer,expectation\nMill,Shopp,speed\n",
        "expectations.csv, line 2, customer: there is no party “Shopp”: add it, or write it as it is written there",
    ),
    (
        E,
        "party,kind,expectation\nMill,wish,speed\n",
        "expectations.csv, line 2, kind: “wish” is not known here: write expectation, challenge or recommendation",
    ),
    (
        E,
        "party,expectation,importance\nMill,speed,11\n",
        "expectations.csv, line 2, importance: “11” must lie between 0 and 10",
    ),
    (E, "party,expectation,people\nMill,speed,1.5\n", "expectations.csv, line 2, people: “1.5” must be a whole number"),
    (
        E,
        "party,expectation,id\nMill,speed,v1\nMill,price,v1\n",
        "expectations.csv, line 3, id: the same id as in expectations.csv, line 2: an id belongs to one row",
    ),
    (G, "supplier,customer,overall\nMill,Shop,1\n", "ratings.csv: the column item is missing"),
    (
        G,
        "supplier,customer,item,overall\nMill,Shop,flower,1\n",
        "ratings.csv, line 2, item: there is no handoff “Mill → Shop: flower”: add it to handoffs, or write it as it is \
        written there",
    ),
    (
        G,
        "supplier,customer,item,side,overall\nMill,Shop,flour,boss,1\n",
        "ratings.csv, line 2, side: “boss” is not known here: write supplier or receiver",
    ),
    (
        G,
        "supplier,customer,item,ease\nMill,Shop,flour,10.5\n",
        "ratings.csv, line 2, ease: “10.5” must lie between 0 and 10",
    ),
    (
        H,
        "supplier,customer,item,agreement\nMill,Shop,x,yes\n",
        "handoffs.csv, line 2, agreement: “yes” is not known here: write none, draft, sent, discussed, agreed or disputed",
    ),
    (
        H,
        "supplier,customer,item,period\nMill,Shop,x,hour\n",
        "handoffs.csv, line 2, period: “hour” is not known here: write day, week, month, quarter or year",
    ),
    (
        H,
        "supplier,customer,item,valid_until\nMill,Shop,x,soon\n",
        "handoffs.csv, line 2, valid_until: “soon” is no period: write for example 2026-03-31, 2026-W13, 2026-03, 2026-Q1 or \
        2026",
    ),
    (
        H,
        "supplier,customer,item,escape_pct\nMill,Shop,x,101\n",
        "handoffs.csv, line 2, escape_pct: “101” must lie between 0 and 100 %",
    ),
    (P, "name,rate_per_h\nMill,-1\n", "parties.csv, line 2, rate_per_h: “-1” must lie between 0 and 1000000000000"),
    (
        P,
        "name,process_time_low_h\nMill,quick\n",
        "parties.csv, line 2, process_time_low_h: “quick” is not a duration: write for example 90 min, 1.5 h or 2 d",
    ),
    (
        P,
        "name,process_time_high_h\nMill,1e7\n",
        "parties.csv, line 2, process_time_high_h: “1e7” must lie between 0 and 1000000 h",
    ),
    (
        P,
        "name,target_lead_time_h\nMill,-1\n",
        "parties.csv, line 2, target_lead_time_h: “-1” must lie between 0 and 1000000 h",
    ),
    (
        H,
        "supplier,customer,item,wait_low_h\nMill,Shop,x,inf\n",
        "handoffs.csv, line 2, wait_low_h: “inf” is not a duration: write for example 90 min, 1.5 h or 2 d",
    ),
    (
        H,
        "supplier,customer,item,wait_high_h\nMill,Shop,x,-1 d\n",
        "handoffs.csv, line 2, wait_high_h: “-1 d” must lie between 0 and 1000000 h",
    ),
    (
        R,
        "supplier,customer,item,requirement,basic\nMill,Shop,flour,x,maybe\n",
        "requirements.csv, line 2, basic: “maybe” is not known here: write yes or no",
    ),
];
