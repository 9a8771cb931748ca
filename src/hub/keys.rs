//! The key that this instance signs with, and the next one beside it. The next one lies in a file of its own from
//! `key rotate` on; it takes the present one's place once this instance's copy of the register (for the coordinator: the
//! anchor) lists it as current (protocol §2, rotation). Any process may make that step, and each sees it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use super::Hub;
use crate::{
    audit::{self, Actor},
    config::Role,
    journal::{
        key::{KeyStatus, PublicKey},
        publish::{Author, CALLED_STOLEN, STOLEN, STOPPED, Stop},
        signing::{KeyFileError, SigningKey},
    },
    register::{Trust, TrustSource},
    store::StoreError,
};

/// The file of the next key: beside the key file, with `.next` after its name.
pub fn next_key_file(key_file: &Path) -> PathBuf {
    beside(key_file, "next")
}

fn beside(key_file: &Path, word: &str) -> PathBuf {
    let mut name = key_file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{word}"));
    key_file.with_file_name(name)
}

/// The keys as the files hold them.
#[derive(Clone)]
pub(super) struct KeyFiles {
    stamps: [Stamp; 2],
    present: Arc<SigningKey>,
    next: Option<Arc<SigningKey>>,
    /// What was wrong with them when they were looked at last.
    fault: Option<String>,
}

/// When a file was changed, and its length; None where it is not there.
type Stamp = Option<(SystemTime, u64)>;

fn stamp(path: &Path) -> Stamp {
    let known = fs::metadata(path).ok()?;
    Some((known.modified().ok()?, known.len()))
}

impl KeyFiles {
    /// Before they could be read for the first time.
    fn unread(signing: Arc<SigningKey>) -> Self {
        Self { stamps: [None, None], present: signing, next: None, fault: None }
    }

    /// Reads them, unless they are as they were `before`.
    fn read(key_file: &Path, before: Option<&Self>) -> Result<Self, KeyFileError> {
        let next_file = next_key_file(key_file);
        let stamps = [stamp(key_file), stamp(&next_file)];
        let unchanged = |before: &&Self| before.fault.is_none() && before.stamps == stamps;
        if let Some(before) = before.filter(unchanged) {
            return Ok(before.clone());
        }
        let next = match SigningKey::read(&next_file) {
            Ok(next) => Some(Arc::new(next)),
            Err(KeyFileError::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => None,
            Err(fault) => return Err(fault),
        };
        Ok(Self { stamps, present: Arc::new(SigningKey::read(key_file)?), next, fault: None })
    }
}

/// Puts the next key's file in the place of the present one's, which is kept under its thumbprint. A process that ends
/// on the way leaves both keys in files, and the next one does it again; of two at once the second finds it done.
fn promote(key_file: &Path, present: &SigningKey) -> Result<(), KeyFileError> {
    let file = |path: &Path, source| KeyFileError::File { path: path.to_owned(), source };
    let kept = beside(key_file, &format!("retired-{}", present.public().thumbprint()));
    match fs::hard_link(key_file, &kept) {
        Err(fault) if fault.kind() != io::ErrorKind::AlreadyExists => keep_a_copy(present, &kept)?,
        _ => {}
    }
    let next = next_key_file(key_file);
    match fs::rename(&next, key_file) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => return Err(file(&next, fault)),
        _ => {}
    }
    let folder = key_file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Some of the file systems without links know no fsync of a folder either; the step itself is done.
    if let Err(fault) = fs::File::open(folder).and_then(|folder| folder.sync_all()) {
        tracing::debug!("the folder of the key files could not be written out: {fault}");
    }
    Ok(())
}

/// Where the file system has no links. Written beside and moved: what has the name is whole.
fn keep_a_copy(present: &SigningKey, kept: &Path) -> Result<(), KeyFileError> {
    let file = |source| KeyFileError::File { path: kept.to_owned(), source };
    if kept.exists() {
        return Ok(());
    }
    let part = beside(kept, "part");
    match fs::remove_file(&part) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => return Err(file(fault)),
        _ => {}
    }
    present.write(&part)?;
    fs::rename(&part, kept).map_err(file)
}

impl Hub {
    /// The key that is announced beside the present one, if there is one.
    pub fn next_key(&self) -> Option<PublicKey> {
        let files = self.key_files.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        files.as_ref()?.next.as_ref().map(|next| next.public().clone())
    }

    /// The key that is to take a stolen one's place, from the theft on until the register lists it: the instance applies
    /// with it, and its thumbprint is the one to read to the coordinator's staff.
    pub async fn replacing_key(&self) -> Result<Option<Arc<SigningKey>>, StoreError> {
        if Stop::of(&self.store).await? != Some(Stop::Stolen) {
            return Ok(None);
        }
        self.look_at_keys().await?;
        let files = self.key_files.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(files.as_ref().and_then(|files| files.next.clone()))
    }

    /// The key that this instance applies for membership with.
    pub async fn applying_key(&self) -> Result<Arc<SigningKey>, StoreError> {
        Ok(self.replacing_key().await?.unwrap_or_else(|| self.author().key.clone()))
    }

    /// The key of this thumbprint: the one that signs, or the next one.
    pub(crate) fn own_key(&self, thumbprint: &str) -> Option<Arc<SigningKey>> {
        let files = self.key_files.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let next = files.as_ref().and_then(|files| files.next.clone());
        [Some(self.author().key.clone()), next]
            .into_iter()
            .flatten()
            .find(|key| **key.public().thumbprint() == *thumbprint)
    }

    /// Looks at the key files, and takes on the key that the register lists by now. Says whether the key changed: then
    /// trust has to be loaded again, since it begins with the own key.
    pub(super) async fn settle_keys(&self, trust: &Trust) -> Result<bool, StoreError> {
        let before = self.author();
        let (chosen, files) = match self.choose_key(trust, &before.key).await {
            Ok(chosen) => chosen,
            Err(fault) => {
                self.say_once(&before.key, fault.to_string());
                (before.key.clone(), None)
            }
        };
        if let Some(files) = files {
            *self.key_files.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(files);
        }
        let changed = chosen.public().thumbprint() != before.key.public().thumbprint();
        let leads = self.config.instance.role == Role::Coordinator && trust.coordinator() == Some(self.entity_id());
        if changed || leads != before.is_coordinator {
            if changed {
                tracing::warn!(thumbprint = %chosen.public().thumbprint(), "this instance signs with another key from now on");
                let source = TrustSource { own_key: chosen.public().clone(), ..(*self.trust_source()).clone() };
                self.source.store(Arc::new(source));
            }
            self.author.store(Arc::new(Author { key: chosen, is_coordinator: leads, ..(*before).clone() }));
        }
        self.mind_theft(trust).await?;
        Ok(changed)
    }

    /// The files are looked at each second: what is wrong with them is said when it changes.
    fn say_once(&self, signing: &Arc<SigningKey>, fault: String) {
        let mut files = self.key_files.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let files = files.get_or_insert_with(|| KeyFiles::unread(signing.clone()));
        if files.fault.as_ref() != Some(&fault) {
            tracing::error!("the key files: {fault}");
            files.fault = Some(fault);
        }
    }

    /// The key to sign with: that of the file, or the next one once it is listed. Off the async threads.
    async fn choose_key(
        &self,
        trust: &Trust,
        signing: &Arc<SigningKey>,
    ) -> Result<(Arc<SigningKey>, Option<KeyFiles>), KeyFileError> {
        let before = self.key_files.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        let key_file = self.config.key.file.clone();
        let listed = trust.own_keys_listed().clone();
        let signing = signing.clone();
        let look = move || {
            let mut files = KeyFiles::read(&key_file, before.as_ref())?;
            let is_current = |key: &SigningKey| listed.status(key.public().thumbprint()) == Some(KeyStatus::Current);
            if let Some(next) = files.next.clone().filter(|next| is_current(next)) {
                promote(&key_file, &files.present)?;
                files = KeyFiles::read(&key_file, None)?;
                return Ok((next, Some(files)));
            }
            let chosen = if is_current(&files.present) { files.present.clone() } else { signing };
            Ok((chosen, Some(files)))
        };
        tokio::task::spawn_blocking(look).await.unwrap_or_else(|_| Ok((self.author().key.clone(), None)))
    }

    /// A key that the register calls compromised signs nothing more here; one that is listed in its place does, and that
    /// alone lifts the stop (protocol §2, theft).
    async fn mind_theft(&self, trust: &Trust) -> Result<(), StoreError> {
        let listed = trust.own_keys_listed();
        let key = self.author().key.public().thumbprint().clone();
        let stolen = trust.is_compromised(self.entity_id(), &key);
        let stopped = self.store.setting(STOPPED).await?.unwrap_or_default();
        let any_stolen = listed.iter().any(|(_, status)| status == KeyStatus::Compromised);
        let in_its_place = listed.status(&key) == Some(KeyStatus::Current) && any_stolen;
        if stolen && stopped.is_empty() {
            tracing::error!("the register calls this instance's key compromised: nothing more is signed with it");
            self.stop_signing(STOLEN).await?;
        } else if !stopped.is_empty() && in_its_place && self.stopped_for_theft(trust).await? {
            let write = self.store.write().await?;
            write.set(STOPPED, "").await?;
            write.set(STOPPED_KEY, "").await?;
            audit::note(&write, &Actor::hub(), self.now(), "signing.resume", Some(&key)).await?;
            write.commit().await?;
            tracing::warn!("the stolen key is replaced in the register: this instance signs again");
        }
        Ok(())
    }

    /// Whether signing was stopped while another key than the present one signed, so that this one's listing answers it.
    async fn stopped_for_theft(&self, trust: &Trust) -> Result<bool, StoreError> {
        let stopped = self.store.setting(STOPPED_KEY).await?.unwrap_or_default();
        Ok(stopped != **self.author().key.public().thumbprint() && trust.is_compromised(self.entity_id(), &stopped))
    }

    /// Its owner calls the key stolen: nothing more is signed with it.
    pub async fn call_key_stolen(&self) -> Result<(), StoreError> {
        self.stop_signing(CALLED_STOLEN).await
    }

    /// Signs nothing more, for a reason; with which key is kept, so that only another one may sign again.
    pub async fn stop_signing(&self, reason: &str) -> Result<(), StoreError> {
        let key = self.author().key.public().thumbprint().clone();
        let write = self.store.write().await?;
        write.set(STOPPED, reason).await?;
        write.set(STOPPED_KEY, &key).await?;
        audit::note(&write, &Actor::hub(), self.now(), "signing.stop", Some(&key)).await?;
        write.commit().await?;
        Ok(())
    }
}

/// The setting that says which key signed when signing was stopped.
const STOPPED_KEY: &str = "signing_stopped_key";

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn where_files_cannot_be_linked_the_key_before_is_kept_as_a_copy() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, key) = (folder.path().join("hub.key.retired-x"), SigningKey::generate());
        // One that ended on the way left half a file.
        fs::write(beside(&kept, "part"), "{").unwrap();
        keep_a_copy(&key, &kept).unwrap();
        keep_a_copy(&key, &kept).unwrap();
        assert_eq!(SigningKey::read(&kept).unwrap().public().thumbprint(), key.public().thumbprint());
        assert!(!beside(&kept, "part").exists());
    }

    #[test]
    fn a_step_that_was_broken_off_is_made_again_and_loses_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hub.key");
        let (present, next) = (SigningKey::generate(), SigningKey::generate());
        present.write(&file).unwrap();
        next.write(&next_key_file(&file)).unwrap();
        let kept = beside(&file, &format!("retired-{}", present.public().thumbprint()));
        // Ended between the two steps.
        fs::hard_link(&file, &kept).unwrap();
        promote(&file, &present).unwrap();
        // Another process, at the same time.
        promote(&file, &present).unwrap();
        let thumbprint = |path: &Path| SigningKey::read(path).unwrap().public().thumbprint().clone();
        assert_eq!(thumbprint(&file), *next.public().thumbprint());
        assert_eq!(thumbprint(&kept), *present.public().thumbprint());
        assert!(!next_key_file(&file).exists());
    }
}
