/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.recovery.RecoveredRoots;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which resources and scopes the rows of root files have, for readers that have splits of the same
 * files: the one that asks first decides, those that ask meanwhile wait for it. Nothing is kept
 * that no reader keeps. For several threads.
 */
@Internal
public final class SharedRecovery {

  private static final Map<UUID, WeakReference<SharedRecovery>> OF_SOURCES = new HashMap<>();

  private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

  /**
   * What the readers of a source share in this process. A file is known by its listing; readers of
   * another source have no part, as the file may be another one when that lists it.
   */
  public static SharedRecovery ofSource(UUID source) {
    synchronized (OF_SOURCES) {
      OF_SOURCES.values().removeIf(reference -> reference.get() == null);
      WeakReference<SharedRecovery> known = OF_SOURCES.get(source);
      SharedRecovery shared = known == null ? null : known.get();
      if (shared == null) {
        shared = new SharedRecovery();
        OF_SOURCES.put(source, new WeakReference<>(shared));
      }
      return shared;
    }
  }

  /** All that an answer depends on. */
  record Question(DataFile root, List<DataFile> inputs, boolean complete, boolean attributes) {

    static Question of(SplitPlan plan) {
      boolean attributes = plan.options().selection().recovers();
      return new Question(plan.root(), plan.inputs(), plan.complete(), attributes);
    }

    /** Of the root alone: the inputs may be many. */
    @Override
    public int hashCode() {
      return root.hashCode();
    }
  }

  /** Empty until it is decided, and again when no reader keeps it any more. */
  private static final class Answer {

    private volatile WeakReference<RecoveredRoots> roots;

    private RecoveredRoots kept() {
      WeakReference<RecoveredRoots> decided = roots;
      return decided == null ? null : decided.get();
    }

    private boolean isGone() {
      return roots != null && kept() == null;
    }
  }

  /** Decides, or gives what another reader decided, for all splits that have the same question. */
  RecoveredRoots of(InputFiles files, SplitPlan plan, Question question) throws IOException {
    answers.values().removeIf(Answer::isGone);
    Answer answer = answers.computeIfAbsent(question, q -> new Answer());
    synchronized (answer) {
      RecoveredRoots roots = answer.kept();
      if (roots == null) {
        try {
          roots =
              question.attributes()
                  ? RecoveredRoots.of(files, plan)
                  : RecoveredRoots.withoutAttributes(files, plan);
          answer.roots = new WeakReference<>(roots);
        } finally {
          if (roots == null) {
            answers.remove(question, answer);
          }
        }
      }
      return roots;
    }
  }
}
