/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import io.grpc.ServerServiceDefinition;
import java.util.List;

/** What a {@link ReceiverServer} offers. */
public sealed interface GrpcService permits OtlpService, OtapService {

  List<ServerServiceDefinition> definitions();
}
