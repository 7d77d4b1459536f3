/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Publishes a recorded tree file by file in a folder: {@code FROM TO SEED MILLIS-PER-FILE}. */
public final class PublishTree {

  private PublishTree() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Random random = new Random(Long.parseLong(args[2]));
    Publication publication = new Publication(Path.of(args[0]), Path.of(args[1]), random, false);
    int files = 0;
    while (!publication.isComplete()) {
      publication.next();
      files++;
      TimeUnit.MILLISECONDS.sleep(Long.parseLong(args[3]));
    }
    System.out.println(files + " files published");
  }
}
