//! The day that is printed.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::failure::Failure;

/// The day that is asked for, else the one of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC), else today.
///
/// That variable is how builds that must give the same bytes every time set the clock (reproducible-builds.org).
pub(super) fn date(asked: Option<Date>) -> Result<Date, Failure> {
    if let Some(date) = asked {
        return Ok(date);
    }
    match epoch()? {
        None => Ok(jiff::Zoned::now().date()),
        Some(time) => Ok(time.to_zoned(TimeZone::UTC).date()),
    }
}

/// Now in coordinated universal time, or the moment of `SOURCE_DATE_EPOCH`.
pub(super) fn utc() -> Result<DateTime, Failure> {
    let time = epoch()?.unwrap_or_else(Timestamp::now);
    Ok(time.to_zoned(TimeZone::UTC).datetime())
}

fn epoch() -> Result<Option<Timestamp>, Failure> {
    let Some(seconds) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|seconds| !seconds.is_empty()) else {
        return Ok(None);
    };
    let parsed = seconds.to_str().and_then(|seconds| seconds.parse().ok());
    let time = parsed.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let refused = || {
        let seconds = seconds.display();
        Failure::refused(format!(
            "SOURCE_DATE_EPOCH is “{seconds}”, not a number of seconds: set it right, or use --date"
        ))
    };
    time.map(Some).ok_or_else(refused)
}
