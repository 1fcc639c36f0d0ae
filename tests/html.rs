//! Web pages: opened, peeled and searched in a browser.

mod browser;
mod names;
#[expect(dead_code, reason = "other tests use the rest")]
mod pages;
mod told;

use std::collections::BTreeMap;

use browser::Browser;
use peel::export::{Detail, Extent, Page, Paper, Picture, html};
use peel::files::samples;
use peel::geom::{Rect, Size, pt};
use peel::model::{HandoffId, PartyId, Subject};
use peel::scene::drawing::Drawing;
use peel::scene::map::MapScene;
use peel::scene::picture::{PictureOptions, picture};
use peel::scene::text::Fonts;
use peel::scene::{Align, Group, Ink, Item, Scene, Segment, Stroke, Theme, Weight};
use peel::views::details;
use told::{budget, told};

fn party(name: &str) -> Subject {
    Subject::Party(PartyId::parse(name).expect("an id"))
}

fn card(id: &str, title: &str, at: (f32, f32), layer: Option<usize>) -> Group {
    let rect = Rect::from_min_size(pt(at.0, at.1), Size { w: 150.0, h: 60.0 });
    let line = Fonts::bundled().line(title, 12.0, Weight::SemiBold);
    let (text, width) = (line.text, line.width);
    let place = pt(at.0 + 75.0, at.1 + 34.0);
    let name = Item::Text {
        at: place,
        align: Align::Center,
        size: 12.0,
        weight: Weight::SemiBold,
        ink: Ink::Text,
        text,
        width,
    };
    let stroke = Some(Stroke::solid(Ink::CardEdge, 1.0));
    let items = vec![Item::Rect { rect, radius: 9.0, fill: Some(Ink::Card), stroke }, name];
    let about = format!("About {title}").into();
    Group { subject: Some(party(id)), title: title.into(), about, layer, bounds: Some(rect), items }
}

/// Parties in three layers, one unconnected, a handoff in two groups; hostile names among them.
fn onion() -> Scene {
    let mut groups = vec![
        card("c", "Clinician", (300.0, 20.0), Some(0)),
        card("r", "Report", (300.0, 140.0), Some(1)),
        card("v", &names::text("html-script"), (100.0, 260.0), Some(2)),
        card("a", &names::text("html-img-quoted"), (300.0, 260.0), Some(2)),
        card("b", &names::text("html-script-break-out"), (500.0, 260.0), Some(2)),
        card("u", &names::text("html-template-expression"), (560.0, 20.0), None),
    ];
    let line = vec![Segment::Move(pt(375.0, 140.0)), Segment::Line(pt(375.0, 80.0))];
    let items = vec![Item::Path { segments: line, fill: None, stroke: Some(Stroke::solid(Ink::Line, 2.0)) }];
    let arrow = Group {
        subject: Some(Subject::Handoff(HandoffId::parse("c").expect("an id"))),
        title: "Report → Clinician: laboratory report".into(),
        about: "Forward".into(),
        layer: Some(1),
        items,
        ..Group::default()
    };
    let words = card("c", "laboratory report", (300.0, 90.0), Some(1));
    groups.push(arrow.clone());
    groups.push(Group { items: words.items, ..arrow });
    Scene { groups, bounds: Some(Rect::from_min_size(pt(0.0, 0.0), Size { w: 760.0, h: 340.0 })) }
}

fn written(pages: &[Page<'_>], theme: Theme) -> String {
    let line = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let details = BTreeMap::from([
        (
            party("c"),
            Detail {
                lines: vec![
                    line("Promise", "An answer within the hour"),
                    line("<b>Owner</b>", &names::text("html-script-break-out")),
                ],
            },
        ),
        (party("r"), Detail { lines: vec![line("Process time", "6 min")] }),
        (
            party("transport"),
            Detail {
                lines: vec![
                    line("Department", "Logistics"),
                    line("Process time", "30 min"),
                    line(
                        "Promise",
                        "Every sample is where it is needed within the hour, and nobody has to ask for it.",
                    ),
                ],
            },
        ),
    ]);
    let bytes = (html::EXPORTER.export)(&Picture {
        pages,
        details: &details,
        paper: Paper::Fit,
        fonts: &Fonts::bundled(),
        theme,
        transparent: false,
        extent: Extent::Scale(1.0),
        title: "A map </title><script>document.title='hit'</script>",
        map: Some("(title: \"</script><b>\\u{1}&\")"),
        cancel: None,
    });
    String::from_utf8(bytes.expect("a page")).expect("UTF-8")
}

fn sample(id: &str) -> Scene {
    let document = samples::Sample::find(id).expect("a sample").open();
    let fonts = Fonts::bundled();
    let scene = MapScene::of(&document, &fonts);
    let drawing: &Drawing = scene.drawing();
    picture(&document, drawing, &fonts, &PictureOptions::default())
}

fn two_pages() -> String {
    let (onion, map) = (onion(), sample("lab"));
    written(
        &[
            Page { scene: &onion, title: "Onion <1>", notes: "Say this first." },
            Page { scene: &map, title: "Map", notes: "" },
        ],
        Theme::Light,
    )
}

/// Runs a script in a copy of the page and gives what its last line comes to.
fn run(browser: &Browser, page: &str, fragment: &str, script: &str) -> serde_json::Value {
    let (before, rest) = page.split_once("<meta http-equiv=").expect("a policy");
    let (_, after) = rest.split_once('\n').expect("its end");
    let after = after.replace("</body>", &format!("<script>{TOOLS}\nreport(() => {{ {script} }});</script></body>"));
    let file = browser.file("copy.html", &format!("{before}{after}"));
    let document = browser.document(&file, fragment);
    // The script has these words, too, further up.
    let (rest, _) = document.rsplit_once("]RESULT").expect("a result");
    let (_, json) = rest.rsplit_once("RESULT[").expect("its beginning");
    serde_json::from_str(&json.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).expect("JSON")
}

const TOOLS: &str = r#"
const one = q => document.querySelector(q);
const key = (key, target = document.body, more = {}) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
const type = text => { const box = one(".find input"); box.focus(); box.value = text; box.dispatchEvent(new InputEvent("input", { bubbles: true })); };
const group = id => document.getElementById(id);
const seen = id => { const s = getComputedStyle(group(id)); return s.visibility !== "hidden" && s.pointerEvents !== "none"; };
const shown = () => ["v1.p-c", "v1.p-r", "v1.p-v", "v1.p-u", "v1.h-c", "v1.h-c.words"].map(seen).map(Number).join("");
const words = q => one(q).textContent;
const pointer = (kind, target, x, y, id = 1) => target.dispatchEvent(new PointerEvent(kind, { bubbles: true, cancelable: true, clientX: x, clientY: y, pointerId: id, pointerType: "mouse" }));
const view = () => one(".page.open .drawing").getAttribute("viewBox").split(" ").map(Number);
function report(work) {
  let result;
  try { result = work(); } catch (error) { result = String(error.stack); }
  const pre = document.body.appendChild(document.createElement("pre"));
  pre.textContent = "RESULT[" + JSON.stringify(result) + "]RESULT";
}
"#;

#[test]
fn a_reader_peels_layer_by_layer() {
    let Some(browser) = Browser::find() else { return };
    let script = r#"
      const out = [[words(".peel b"), shown()]];
      for (const k of ["ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowRight"]) { key(k); out.push([words(".peel b"), words(".peel small"), shown(), location.hash]); }
      one(".peel button:last-child").click();
      out.push([shown(), one(".peel button:last-child").disabled]);
      return out;"#;
    let found = run(&browser, &two_pages(), "", script);
    let direct = "who hands to them directly";
    let expected = serde_json::json!([
        ["Layer 2 of 2", "111111"],
        ["Layer 1 of 2", direct, "110111", "#peel=1"],
        ["Layer 0 of 2", "the external customers", "100100", "#peel=0"],
        ["Layer 0 of 2", "the external customers", "100100", "#peel=0"],
        ["Layer 1 of 2", direct, "110111", "#peel=1"],
        ["111111", true],
    ]);
    assert_eq!(found, expected);
}

#[test]
fn a_reader_finds_names() {
    let Some(browser) = Browser::find() else { return };
    let script = r#"
      const out = [], marks = () => [...document.querySelectorAll(".page.open .marks rect")].map(r => r.getAttribute("class")).join();
      const tell = () => out.push([words(".find output"), marks(), one(".card.on") ? words(".card h3") : ""]);
      type("report"); tell();
      key("Enter", one(".find input")); tell();
      key("Enter", one(".find input")); tell();
      key("Enter", one(".find input")); tell();
      type("muller"); tell();
      type("nobody"); tell();
      key("Escape", one(".find input")); tell();
      key("ArrowLeft"); key("ArrowLeft"); type("clinician"); key("Enter", one(".find input")); out.push(shown());
      type("script"); key("Enter", one(".find input"), { shiftKey: true }); out.push(shown());
      out.push(key("f", document.body, { ctrlKey: true }), document.activeElement === one(".find input"));
      return out;"#;
    let found = run(&browser, &two_pages(), "", script);
    let expected = serde_json::json!([
        ["2 found", "hit,hit", ""],
        ["1 of 2", "hit now,hit,picked", "Report"],
        ["2 of 2", "hit,hit now,picked", "Report → Clinician: laboratory report"],
        ["1 of 2", "hit now,hit,picked", "Report"],
        ["1 found", "hit,picked", "Report"],
        ["none", "picked", "Report"],
        ["", "", ""],
        "100100",
        "111111",
        false,
        true,
    ]);
    assert_eq!(found, expected);
}

#[test]
fn a_reader_moves_zooms_and_asks() {
    let Some(browser) = Browser::find() else { return };
    let script = r#"
      const stage = one(".page.open .stage"), svg = one(".page.open .drawing"), close = (a, b) => a.every((v, i) => Math.abs(v - b[i]) < 0.01);
      const first = view(), scale = stage.clientWidth / first[2], out = {};
      pointer("pointerdown", stage, 300, 300); pointer("pointermove", stage, 340, 320); pointer("pointerup", stage, 340, 320);
      const dragged = view();
      out.drag = close(dragged, [first[0] - 40 / scale, first[1] - 20 / scale, first[2], first[3]]);
      const r = stage.getBoundingClientRect(), under = () => { const v = view(); return [v[0] + (px - r.left) / r.width * v[2], v[1] + (py - r.top) / r.height * v[3]]; };
      const [px, py] = [100, Math.ceil(r.top) + 50], before = under();
      stage.dispatchEvent(new WheelEvent("wheel", { deltaY: -100, clientX: px, clientY: py, bubbles: true, cancelable: true }));
      out.wheel = view()[2] < dragged[2] && close(under(), before);
      key("0");
      out.home = close(view(), first);
      one(".zoom button:last-child").click();
      out.plus = view()[2] < first[2];
      pointer("pointerdown", stage, 300, 300, 1); pointer("pointerdown", stage, 400, 300, 2);
      const wide = view()[2];
      pointer("pointermove", stage, 500, 300, 2); pointer("pointerup", stage, 500, 300, 2); pointer("pointerup", stage, 300, 300, 1);
      out.pinch = Math.abs(view()[2] / wide - 0.5) < 0.01;
      key("0");
      const card = group("v1.p-c");
      pointer("pointermove", card.lastElementChild, 600, 200);
      out.hover = [Boolean(one(".card.on")), Boolean(one(".card.pinned")), words(".card h3")];
      pointer("pointerdown", card, 600, 200); pointer("pointerup", card, 600, 200);
      card.lastElementChild.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      out.click = [Boolean(one(".card.pinned")), words(".card p"), [...document.querySelectorAll(".card dt, .card dd")].map(e => e.textContent)];
      key("Escape");
      out.escape = Boolean(one(".card.on"));
      key("Enter", group("v1.h-c"));
      out.enter = words(".card h3");
      out.tabbed = [...one('section').querySelectorAll("[tabindex='0']")].length;
      out.label = card.getAttribute("aria-label");
      document.querySelectorAll(".tabs button")[1].click();
      out.tab = [one(".page.open").id, Boolean(one(".peel.on")), location.hash];
      return out;"#;
    let found = run(&browser, &two_pages(), "", script);
    let expected = serde_json::json!({
        "drag": true, "wheel": true, "home": true, "plus": true, "pinch": true,
        "hover": [true, false, "Clinician"],
        "click": [true, "About Clinician", ["Promise", "An answer within the hour", "<b>Owner</b>", names::text("html-script-break-out")]],
        "escape": false,
        "enter": "Report → Clinician: laboratory report",
        "tabbed": 7,
        "label": "Clinician. About Clinician",
        "tab": ["page-2", false, "#page=2"],
    });
    assert_eq!(found, expected);
}

#[test]
fn the_address_says_what_is_shown() {
    let Some(browser) = Browser::find() else { return };
    let state =
        "return [one('.page.open').id, shown(), words('.peel b'), words('.find output'), one('.find input').value];";
    let page = two_pages();
    let found = run(&browser, &page, "#page=1&peel=1&search=report", state);
    assert_eq!(found, serde_json::json!(["page-1", "110111", "Layer 1 of 2", "2 found", "report"]));
    let found = run(&browser, &page, "#page=2&search=transport", state);
    assert_eq!(found[0], "page-2");
    assert_eq!(found[3], "1 found");
    let script = r##"
      const odd = ["page=99&peel=99", "page=-1&peel=x&search=%ff", "<script>", "page=1e9&peel=1e99", "search=%3Cimg%20src=x%20onerror=1%3E"];
      const go = hash => {
        history.replaceState(null, "", "#" + hash);
        window.dispatchEvent(new HashChangeEvent("hashchange"));
        return [document.querySelectorAll(".page.open").length, one(".page.open").id];
      };
      return odd.map(go).concat([go("page=1&peel=0"), shown(), document.images.length]);"##;
    let found = run(&browser, &page, "", script);
    let first = serde_json::json!([1, "page-1"]);
    assert_eq!(found, serde_json::json!([[1, "page-2"], first, first, first, first, first, "100100", 0]));
}

#[test]
fn names_do_nothing_and_the_page_needs_no_network() {
    let page = two_pages();
    let lower = page.to_lowercase();
    assert_eq!(lower.matches("<script").count(), 3, "ours: details, map and what runs");
    assert_eq!(lower.matches("</script").count(), 3);
    assert!(!lower.contains("<img") && !lower.contains("<!--") && !lower.contains("<iframe"));
    let addresses = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!addresses.contains("http:") && !addresses.contains("https:"), "nothing to be fetched");
    assert_eq!(html::embedded_map(&page), Ok(Some("(title: \"</script><b>\\u{1}&\")".into())));
    assert_eq!(page, two_pages(), "the same every time");
    let Some(browser) = Browser::find() else { return };
    let document = browser.document(&browser.file("page.html", &page), "");
    assert!(document.contains("<html lang=\"en\" class=\"live\">"), "the script runs under the page's own policy");
    assert!(document.contains("<title>A map &lt;/title&gt;&lt;script&gt;document.title='hit'&lt;/script&gt;</title>"));
    assert!(!document.contains("<img") && !document.contains("<b>Owner"));
    // Markup that got in all the same would not run: it does not know the word.
    let broken = page
        .replace("<body>", "<body><script>document.title='hit'</script><img src=x onerror=\"document.title='hit'\">");
    let document = browser.document(&browser.file("broken.html", &broken), "");
    assert!(document.contains("class=\"live\"") && !document.contains("<title>hit"));
}

/// The tags of a page beside those of its drawings, and what is never among them.
const OURS: [&str; 32] = [
    "html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2", "h3", "div", "p", "b",
    "small", "span", "label", "input", "output", "button", "aside", "article", "svg", "g", "rect", "path", "text",
    "desc", "dl", "script", "br",
];

/// A page whose views, notes and parties are called by these texts, with all that is known of them.
fn presented(names: &[(String, String)]) -> String {
    let map = names::crowd_with_notes(names);
    let fonts = Fonts::bundled();
    let scene = picture(&map, MapScene::of(&map, &fonts).drawing(), &fonts, &PictureOptions::default());
    // Of the pictures one is enough.
    let empty = Scene { groups: Vec::new(), bounds: scene.bounds };
    let scenes = std::iter::once(&scene).chain(std::iter::repeat(&empty));
    let both = names.iter().zip(scenes);
    let pages: Vec<Page<'_>> = both.map(|((_, name), scene)| Page { scene, title: name, notes: name }).collect();
    let bytes = (html::EXPORTER.export)(&Picture {
        pages: &pages,
        details: &details(&map),
        paper: Paper::Fit,
        fonts: &fonts,
        theme: Theme::Light,
        transparent: false,
        extent: Extent::Scale(1.0),
        title: &map.info().title,
        map: Some(&peel::files::format::write(&map)),
        cancel: None,
    });
    String::from_utf8(bytes.expect("a page")).expect("UTF-8")
}

fn only_ours(page: &str, what: &str) {
    for (tag, attributes) in pages::tags(page) {
        assert!(OURS.contains(&tag.as_str()), "{what}: <{tag}>");
        let odd = attributes.iter().find(|a| a.starts_with("on") || matches!(a.as_str(), "href" | "src" | "autofocus"));
        assert!(odd.is_none(), "{what}: {tag} {attributes:?}");
    }
}

#[test]
fn names_are_text_whatever_they_hold() {
    let names = names::kept();
    let step = budget(12, 1) as usize;
    for name in names.iter().step_by(step) {
        only_ours(&presented(std::slice::from_ref(name)), &name.0);
    }
    let page = presented(&names);
    only_ours(&page, "all names");
    let map = html::embedded_map(&page).expect("a sound page").expect("a map");
    let back = peel::files::format::read(map.as_bytes()).expect("reads").document;
    assert!(back == names::crowd_with_notes(&names), "the map in the page is another one");
    told("hostile names: web page of views", "a table of texts", names.len() as u64, "no tag or attribute but ours");
}

#[test]
fn a_browser_makes_no_element_of_a_name() {
    let Some(browser) = Browser::find() else { return };
    let step = budget(3, 1) as usize;
    let names: Vec<_> = names::kept().into_iter().step_by(step).collect();
    let page = presented(&names);
    // Every card opened, and still nothing but our elements.
    let script = r#"
      const found = [], odd = ["script", "img", "image", "iframe", "object", "embed", "a", "form", "link", "base", "foreignObject", "template", "video", "audio", "math", "marquee", "details", "dialog", "select", "textarea"];
      let cards = 0;
      for (const group of document.querySelectorAll("[data-subject]")) {
        group.lastElementChild.dispatchEvent(new MouseEvent("click", { bubbles: true }));
        cards += Boolean(one(".card.on"));
      }
      for (const name of odd) for (const one of document.querySelectorAll(name))
        if (!(name === "script" && one.parentElement === document.body)) found.push(one.outerHTML.slice(0, 200));
      for (const one of document.querySelectorAll("*")) for (const a of one.attributes)
        if (a.name.startsWith("on")) found.push(one.outerHTML.slice(0, 200));
      return [found, document.title === "hit", document.querySelectorAll("section.page").length, cards];"#;
    let state = run(&browser, &page, "", script);
    // Each party, each handoff, and the words of each handoff.
    let state = state.as_array().expect("a list");
    assert_eq!(state[..3], [serde_json::json!([]), false.into(), names.len().into()]);
    assert!(state[3].as_u64().is_some_and(|cards| cards >= 2 * names.len() as u64), "{} cards", state[3]);
    told(
        "hostile names: web page of views",
        "a table of texts, in a browser",
        names.len() as u64,
        "no element but ours",
    );
}

#[test]
fn a_map_in_a_page_comes_back_or_is_refused() {
    let page = two_pages();
    for end in (0..page.len()).step_by(997).filter(|end| page.is_char_boundary(*end)) {
        let found = html::embedded_map(&page[..end]);
        assert!(found.is_err() || found == Ok(None) || found == html::embedded_map(&page), "cut at {end}");
    }
    for inside in ["", "{}", "1", "\"", "\"\\ud800\"", "nothing"] {
        let page = format!("<script type=\"application/json\" id=\"peel-map\">{inside}</script>");
        assert!(html::embedded_map(&page).is_err(), "{inside}");
    }
    assert_eq!(html::embedded_map("<html></html>"), Ok(None));
}

/// Writes pictures of pages to be looked at: `PEEL_PICTURES=DIR cargo test --test html -- --ignored look`.
#[test]
#[ignore = "for people's eyes"]
fn look() {
    let folder = std::env::var("PEEL_PICTURES").expect("a folder");
    let Some(browser) = Browser::find() else { return };
    let (onion, lab, loan) = (onion(), sample("lab"), sample("loan"));
    for theme in [Theme::Light, Theme::Dark] {
        let pages = [
            Page { scene: &lab, title: "Map", notes: "Where does the hour go?\nAsk the ward first." },
            Page { scene: &onion, title: "Onion", notes: "" },
            Page { scene: &loan, title: "Loan", notes: "" },
        ];
        let page = written(&pages, theme).replace(
            "A map &lt;/title&gt;&lt;script&gt;document.title='hit'&lt;/script&gt;",
            "Clinical laboratory: from sample to report",
        );
        let file = browser.file("page.html", &page);
        std::fs::write(format!("{folder}/page-{theme:?}.html"), &page).expect("written");
        let plain = browser.file("plain.html", &page.replace("script-src", "x-src"));
        let enter = "<script>document.querySelector('.find input').dispatchEvent(new KeyboardEvent('keydown',{key:'Enter',bubbles:true}))</script></body>";
        let relaxed = page.replace("Content-Security-Policy", "x").replace("</body>", enter);
        let asked = browser.file("asked.html", &relaxed);
        for (name, fragment, file, size) in [
            ("map", "#search=trans", &file, (1280, 800)),
            ("asked", "#search=trans", &asked, (1280, 800)),
            ("phone-asked", "#search=trans", &asked, (500, 900)),
            ("onion", "#page=2&peel=1", &file, (1280, 800)),
            ("phone", "#page=2&peel=1", &file, (500, 900)),
            ("plain", "", &plain, (1000, 1300)),
        ] {
            browser.look(file, fragment, size).save(format!("{folder}/page-{theme:?}-{name}.png")).expect("written");
        }
    }
}
