//! At which centres a reader or an act of staff may reach. Whatever belongs to a centre is asked for with a [`Scope`], which only a
//! signed-in member has: a function of the store that takes one can't be called without saying whose rights it is done with.

use crate::platform::Value;
use crate::refusal::Refusal;
use domain::error::ErrorCode;
use domain::staff::access::Reach;

/// The reach of somebody's rights. In SQL it is one parameter, NULL for every centre:
/// `WHERE c.id = ?1 AND (?2 IS NULL OR c.centre_id = ?2)`. What belongs to another centre is so not found, and answered like what
/// doesn't exist: [`ErrorCode::Unknown`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(Reach);

impl Scope {
    /// The scope of a member of this centre, or of every one.
    pub(crate) fn of(centre: Option<&str>) -> Self {
        Self(centre.map_or(Reach::EveryCentre, |centre| Reach::Centre(centre.to_owned())))
    }

    /// The same, no wider than the centre that was asked for, if one was.
    ///
    /// # Errors
    /// [`ErrorCode::Unknown`] when the centre is another one.
    pub fn narrowed(&self, centre: Option<&str>) -> Result<Self, Refusal> {
        match centre {
            None => Ok(self.clone()),
            Some(centre) if self.0.covers(centre) => Ok(Self(Reach::Centre(centre.to_owned()))),
            Some(_) => Err(ErrorCode::Unknown.into()),
        }
    }

    /// The one centre; none: every centre.
    pub fn centre(&self) -> Option<&str> {
        match &self.0 {
            Reach::EveryCentre => None,
            Reach::Centre(centre) => Some(centre),
        }
    }
}

impl From<&Scope> for Value {
    fn from(scope: &Scope) -> Self {
        scope.centre().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_never_widened() {
        let (own, every) = (Scope::of(Some("astana")), Scope::of(None));
        assert_eq!(own.narrowed(None).as_ref(), Ok(&own));
        assert_eq!(own.narrowed(Some("astana")).as_ref(), Ok(&own));
        assert_eq!(own.narrowed(Some("almaty")), Err(ErrorCode::Unknown.into()));
        assert_eq!(every.narrowed(Some("astana")).as_ref(), Ok(&own));
        assert_eq!((Value::from(&own), Value::from(&every)), (Value::Text("astana".into()), Value::Null));
    }
}
