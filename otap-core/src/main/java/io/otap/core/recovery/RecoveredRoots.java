/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.FooterCache;
import io.otap.core.parquet.FooterKeys;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.List;

/**
 * Which resource and scope the rows of a root file belong to: runs of rows with the same answer.
 * The policy is not applied here: an undecided run carries its best guess.
 */
@Internal
public final class RecoveredRoots {

  private final AnswerRuns runs;
  private final AttributeSets resources;
  private final AttributeSets scopes;

  private RecoveredRoots(AnswerRuns runs, AttributeSets resources, AttributeSets scopes) {
    this.runs = runs;
    this.resources = resources;
    this.scopes = scopes;
  }

  /**
   * Reads the evidence pinned in a plan and decides the rows of its whole root file.
   *
   * @throws OtapException of kind PARTITION if the files are of several sequences; RECOVERY if
   *     nested ids count in some batches from 0, in others from the first id; RECONSTRUCTION if
   *     another root file has the same ids
   */
  public static RecoveredRoots of(InputFiles inputs, SplitPlan plan) throws IOException {
    EvidenceFiles files = new EvidenceFiles(inputs, plan);
    EvidenceReader reader = new EvidenceReader(files);
    DataFile root = plan.root();
    boolean global =
        FooterKeys.NESTED_IDS_GLOBAL.equals(files.footer(root).metadata(FooterKeys.NESTED_IDS));
    if (global) {
      RootCopies.refuse(files, root);
      AttributeSets resources = reader.sets(PayloadType.RESOURCE_ATTRS, root.resourceIds());
      AttributeSets scopes = reader.sets(PayloadType.SCOPE_ATTRS, root.scopeIds());
      RootRows rows = reader.roots(List.of(root));
      return new RecoveredRoots(
          new PlainJoin(rows, resources, scopes).answers(0), resources, scopes);
    }
    Evidence evidence = reader.read();
    RootCopies.refuse(files, root);
    RootRows rows = evidence.roots().get(plan.signal());
    int file = files.of(root.table()).indexOf(root);
    AnswerRuns runs;
    try {
      runs =
          isGlobal(files, evidence, root)
              ? new PlainJoin(rows, evidence.resources(), evidence.scopes()).answers(file)
              : Decision.of(evidence).answers(plan.signal(), file);
    } catch (OtapException e) {
      throw e.at(new Place(root.partition(), root.table().folder(), root.path(), null, -1));
    }
    return new RecoveredRoots(runs, evidence.resources(), evidence.scopes());
  }

  /**
   * For those who want to know neither resources nor scopes: no evidence is read, and all rows have
   * what stands in themselves.
   *
   * @throws OtapException of kind RECONSTRUCTION if another root file has the same ids
   */
  public static RecoveredRoots withoutAttributes(InputFiles inputs, SplitPlan plan)
      throws IOException {
    RootCopies.refuse(new EvidenceFiles(inputs, plan), plan.root());
    AnswerRuns runs = new AnswerRuns(0, Recovery.values());
    runs.add(0, Recovery.C1, -1, Recovery.C1, -1, Recovery.C1, -1);
    return new RecoveredRoots(
        runs.end(Math.toIntExact(plan.root().rows())),
        new AttributeSetsBuilder(PayloadType.RESOURCE_ATTRS).build(),
        new AttributeSetsBuilder(PayloadType.SCOPE_ATTRS).build());
  }

  /** As the first, without a memory of footers. */
  public static RecoveredRoots of(Storage storage, SplitPlan plan) throws IOException {
    return of(new InputFiles(storage, new FooterCache()), plan);
  }

  /** Whether nested ids have 32 bits in the file and count in the whole sequence. */
  private static boolean isGlobal(EvidenceFiles files, Evidence evidence, DataFile root)
      throws IOException {
    NestedIds found = NestedIds.EITHER;
    if (files.footer(root).integerBits("resource.id") > 16) {
      for (RootRows rows : evidence.roots().values()) {
        NestedIds here = NestedIds.of(rows, evidence.children().inside());
        if (here != NestedIds.EITHER && found != NestedIds.EITHER && here != found) {
          throw NestedIds.mixture();
        }
        found = found == NestedIds.EITHER ? here : found;
      }
    }
    if (found == NestedIds.GLOBAL) {
      return true;
    }
    for (RootRows rows : evidence.roots().values()) {
      if (!rows.hasLocalNumbers()) {
        throw OtapException.of(
            OtapErrorKind.RECOVERY,
            "resource.id or scope.id is above 65,535, which no batch reaches that counts from 0;"
                + " the file is not from a known exporter");
      }
    }
    return false;
  }

  public int runs() {
    return runs.size();
  }

  /** First row of a run; the row behind the file's last for {@code run == runs()}. */
  public long firstRow(int run) {
    return runs.firstRow(run);
  }

  public Recovery resourceClass(int run) {
    return runs.resourceClass(run);
  }

  public Recovery scopeClass(int run) {
    return runs.scopeClass(run);
  }

  /** Number in {@link #resources()}, or -1 for a resource without attributes. */
  public int resourceSet(int run) {
    return runs.resourceSet(run);
  }

  /** Number in {@link #scopes()}, or -1 for a scope without attributes. */
  public int scopeSet(int run) {
    return runs.scopeSet(run);
  }

  /** The offset of the sender's batch, or -1 if undecided. */
  public long offset(int run) {
    return runs.offsetClass(run) == Recovery.N ? -1 : runs.offset(run);
  }

  public AttributeSets resources() {
    return resources;
  }

  public AttributeSets scopes() {
    return scopes;
  }
}
