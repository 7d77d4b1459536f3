/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * The local disk under the scheme {@value #SCHEME}, which fails before or after a change of the
 * number that a test asks for. One test at a time, with any number of threads.
 */
public final class FaultyFileSystem extends LocalFileSystem {

  public static final String SCHEME = "faulty";

  private static int changes;
  private static int failAt = -1;
  private static boolean after;
  private static Set<String> counted = Set.of();
  private static final List<String> RENAMED = new ArrayList<>();
  private static final List<String> FAILED = new ArrayList<>();

  /** Counts changes from 0 again, and fails at none. */
  public static synchronized void heal() {
    changes = 0;
    failAt = -1;
    RENAMED.clear();
    FAILED.clear();
  }

  /**
   * Counts changes from 0 again, and fails at one.
   *
   * @param afterwards whether it is made before the failure
   */
  public static void failAt(int change, boolean afterwards) {
    failAt(change, afterwards, "create", "rename", "delete", "mkdirs");
  }

  /** The same, counting only changes of some kinds. */
  public static synchronized void failAt(int change, boolean afterwards, String... kinds) {
    heal();
    failAt = change;
    after = afterwards;
    counted = Set.of(kinds);
  }

  /** Changes since the count began. */
  public static synchronized int changes() {
    return changes;
  }

  /** Where files were renamed to since the count began. */
  static synchronized List<String> renamed() {
    return List.copyOf(RENAMED);
  }

  /** Where it failed since the count began: kinds of changes and names of files. */
  public static synchronized List<String> failed() {
    return List.copyOf(FAILED);
  }

  private static synchronized void noteRename(Path to) {
    RENAMED.add(to.getPath());
  }

  public static Path path(java.nio.file.Path path) {
    return new Path(SCHEME + "://" + path.toAbsolutePath());
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
    boolean failing = before("create", path);
    FSDataOutputStream out = super.create(path, mode);
    if (failing) {
      out.close();
      fail("create", path);
    }
    return out;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    boolean failing = before("rename", from);
    boolean renamed = super.rename(from, to);
    noteRename(to);
    if (failing) {
      fail("rename", from);
    }
    return renamed;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    boolean failing = before("delete", path);
    boolean deleted = super.delete(path, recursive);
    if (failing) {
      fail("delete", path);
    }
    return deleted;
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    boolean failing = before("mkdirs", path);
    boolean made = super.mkdirs(path);
    if (failing) {
      fail("mkdirs", path);
    }
    return made;
  }

  /** Whether to fail once the change is made. */
  private static synchronized boolean before(String change, Path path) throws IOException {
    if (failAt >= 0 && !counted.contains(change)) {
      return false;
    }
    boolean failing = changes++ == failAt;
    if (failing && !after) {
      fail(change, path);
    }
    return failing;
  }

  private static synchronized void fail(String change, Path path) throws IOException {
    FAILED.add((after ? "after " : "before ") + change + " " + path.getName());
    throw new IOException("failing as asked, at change " + failAt + ": " + change + " " + path);
  }

  /** Gives the file system for its scheme. */
  public static final class Factory implements FileSystemFactory {

    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public FileSystem create(URI uri) {
      return new FaultyFileSystem();
    }
  }
}
