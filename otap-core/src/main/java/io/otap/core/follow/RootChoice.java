/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which root files are read; child files follow their roots.
 *
 * @param signals signals to read; empty for all
 * @param times event times in nanoseconds: a root file is read if one of its records may lie in
 *     them. Files that do not tell (metrics, whose points have the times) are judged by the time of
 *     their last change and are never too late
 * @param include globs of paths below the base of which one has to match; empty for all
 * @param exclude globs of paths below the base of which none may match
 * @param assumeSingleExporter whether folders without {@code _part_id} are taken for one exporter's
 */
@Internal
public record RootChoice(
    Set<Signal> signals,
    IdRange times,
    List<String> include,
    List<String> exclude,
    boolean assumeSingleExporter) {

  public static final RootChoice ALL =
      new RootChoice(Set.of(), IdRange.ALL, List.of(), List.of(), false);

  public RootChoice {
    signals = Set.copyOf(signals);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /**
   * @param base the tree's folder
   * @param modified milliseconds since 1970 of the file's last change
   */
  public boolean takes(String base, DataFile root, long modified) {
    return takes(Signal.ofRoot(root.table())) && takesTime(root, modified) && takesPath(base, root);
  }

  private boolean takes(Signal signal) {
    return signals.isEmpty() || signals.contains(signal);
  }

  private boolean takesTime(DataFile root, long modified) {
    return root.times() == null
        ? times.min() <= TimeUnit.MILLISECONDS.toNanos(modified)
        : times.meets(root.times());
  }

  private boolean takesPath(String base, DataFile root) {
    if (include.isEmpty() && exclude.isEmpty()) {
      return true;
    }
    String below = root.path().substring(root.path().indexOf(base) + base.length());
    Path path = Path.of(below.startsWith("/") ? below.substring(1) : below);
    return (include.isEmpty() || include.stream().anyMatch(glob -> matcher(glob).matches(path)))
        && exclude.stream().noneMatch(glob -> matcher(glob).matches(path));
  }

  private static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }
}
