import { type Command, Option } from "commander";
import { UsageError } from "../cli/errors";
import type { IdentitySource } from "./identity";

/** The options of an identity, as they are written. */
const OPTIONS = {
    tls: "--tls",
    ca: "--ca",
    cert: "--cert",
    key: "--key",
    sasl: "--sasl",
    passwordFile: "--password-file",
} as const satisfies Record<keyof IdentitySource, string>;

/** Adds the options that say who the client is and whom it trusts. */
export function addIdentityOptions(program: Command): Command {
    return program
        .option("--tls", "use TLS, and trust the CAs that the system trusts")
        .addOption(
            new Option("--ca <file>", "use TLS; PEM file of the CAs to trust").env("KAFKA_CA"),
        )
        .addOption(
            new Option("--cert <file>", "use TLS; PEM file of the client's certificate").env(
                "KAFKA_CERT",
            ),
        )
        .addOption(
            new Option("--key <file>", "PEM file of the certificate's private key").env(
                "KAFKA_KEY",
            ),
        )
        .addOption(
            new Option(
                "--sasl <user>",
                "user whose password (SCRAM-SHA-512) is in KAFKA_PASSWORD or --password-file",
            ).env("KAFKA_USER"),
        )
        .option("--password-file <file>", "file with the password of --sasl");
}

/** The identity that a command line gives. */
export function identityOf(program: Command): IdentitySource {
    const values = program.opts<IdentitySource & Record<string, unknown>>();
    return Object.fromEntries(
        Object.keys(OPTIONS)
            .filter((option) => values[option] !== undefined)
            .map((option) => [option, values[option]]),
    );
}

/**
 * Refuses options on the command line that another one stands for; variables of the environment just don't count then.
 *
 * @param instead The other option.
 * @param others Names of further options that it stands for, as commander has them and as they are written.
 */
export function refuseBeside(
    program: Command,
    instead: string,
    others: Readonly<Record<string, string>>,
): void {
    const given = Object.entries(others)
        .filter(([option]) => program.getOptionValueSource(option) === "cli")
        .map(([, written]) => written);
    if (given.length > 0) {
        throw new UsageError(
            `${given.join(", ")} can't be used with ${instead}, which stands for it`,
            `leave out ${given.length > 1 ? "one or the other" : `${given[0]} or ${instead}`}`,
        );
    }
}

/** The options of an identity for {@link refuseBeside}. */
export const IDENTITY_OPTIONS: Readonly<Record<string, string>> = OPTIONS;
