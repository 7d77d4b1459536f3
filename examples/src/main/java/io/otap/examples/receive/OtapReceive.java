/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.receive;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command {@code bin/otap-receive}: runs a receiver until the process is ended. */
public final class OtapReceive {

  private static final int REFUSED = 2;

  private OtapReceive() {}

  public static void main(String[] args) throws InterruptedException {
    ReceiveArguments arguments = new ReceiveArguments();
    CommandLine commandLine = new CommandLine(arguments);
    try {
      commandLine.parseArgs(args);
    } catch (ParameterException e) {
      refuse(e.getMessage().lines().findFirst().orElse("") + "; --help tells what there is");
    }
    if (arguments.help) {
      commandLine.usage(System.out);
    } else if (arguments.version) {
      commandLine.printVersionHelp(System.out);
    } else {
      try {
        run(Receiving.start(arguments), System.out);
      } catch (IOException e) {
        refuse(e.getMessage());
      }
    }
  }

  private static void run(Receiving receiving, PrintStream out) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    receiving.close();
                  } catch (IOException e) {
                    System.err.println("otap-receive: cannot close the files: " + e.getMessage());
                  }
                  out.println(receiving.taken());
                  out.flush();
                }));
    receiving.addresses().forEach(out::println);
    out.flush();
    new CountDownLatch(1).await();
  }

  private static void refuse(String sentence) {
    System.err.println("otap-receive: " + sentence);
    System.exit(REFUSED);
  }
}
