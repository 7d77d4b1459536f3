/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.sink.rolling.Publication.OutputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Publishes files by renaming them. What was done before is done again without effect, after a
 * failure between any two steps:
 *
 * <ul>
 *   <li>A final path is that of one publication only, so a file that is there was published.
 *   <li>A marker says that all were; then files may be missing, because somebody took them away.
 *   <li>Parts that checkpoints know are copied, not moved, and removed by a later publication.
 * </ul>
 */
@Internal
public final class PublicationCommitter implements Committer<Publication> {

  private final FileSystem files;

  public PublicationCommitter(FileSystem files) {
    this.files = files;
  }

  @Override
  public void commit(Collection<CommitRequest<Publication>> requests) throws IOException {
    for (CommitRequest<Publication> request : requests) {
      commit(request.getCommittable());
    }
  }

  private void commit(Publication publication) throws IOException {
    if (!publication.files().isEmpty() && !files.exists(new Path(publication.marker()))) {
      for (OutputFile file : publication.files()) {
        publish(file);
      }
      files.create(new Path(publication.marker()), FileSystem.WriteMode.OVERWRITE).close();
    }
    for (String path : publication.obsolete()) {
      remove(new Path(path));
    }
  }

  private void publish(OutputFile file) throws IOException {
    Path target = new Path(file.path());
    if (files.exists(target)) {
      return;
    }
    List<String> missing = missing(file.parts());
    if (!missing.isEmpty()) {
      throw OtapException.of(
          OtapErrorKind.MISSING_FILE,
          "the file "
              + target
              + " cannot be published, because what was written for it is gone or changed: "
              + missing);
    }
    Path whole = new Path(file.parts().get(0).path());
    if (!file.movable()) {
      whole = whole.suffix(".joined");
      JoinedFile.write(
          files, file.parts().stream().map(part -> new Path(part.path())).toList(), whole);
    }
    files.mkdirs(target.getParent());
    if (!files.rename(whole, target)) {
      throw OtapException.of(
          OtapErrorKind.IO, "the file " + whole + " could not be renamed to " + target);
    }
  }

  private List<String> missing(List<StagedPart> parts) throws IOException {
    List<String> missing = new ArrayList<>();
    for (StagedPart part : parts) {
      if (!Staging.isThere(files, part)) {
        missing.add(part.path());
      }
    }
    return missing;
  }

  /** Removes a file, or a folder if it is empty; what failed attempts left is not known. */
  private void remove(Path path) throws IOException {
    if (!files.exists(path)) {
      return;
    }
    if (files.getFileStatus(path).isDir()) {
      FileStatus[] entries = files.listStatus(path);
      if (entries == null || entries.length > 0) {
        return;
      }
    }
    if (!files.delete(path, false) && files.exists(path)) {
      throw OtapException.of(OtapErrorKind.IO, "the staged file " + path + " cannot be removed");
    }
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
