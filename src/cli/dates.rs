//! The day that is printed.

use jiff::civil::Date;

use super::failure::Failure;

/// The day that is asked for, else the one of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC), else today.
///
/// That variable is how builds that must give the same bytes every time set the clock (reproducible-builds.org).
pub(super) fn date(asked: Option<Date>) -> Result<Date, Failure> {
    if let Some(date) = asked {
        return Ok(date);
    }
    let Some(seconds) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|seconds| !seconds.is_empty()) else {
        return Ok(jiff::Zoned::now().date());
    };
    let parsed = seconds.to_str().and_then(|seconds| seconds.parse().ok());
    let time = parsed.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let time = time.ok_or_else(|| {
        let seconds = seconds.display();
        Failure::refused(format!(
            "SOURCE_DATE_EPOCH is “{seconds}”, not a number of seconds: set it right, or use --date"
        ))
    })?;
    Ok(time.to_zoned(jiff::tz::TimeZone::UTC).date())
}
