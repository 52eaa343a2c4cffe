import { type Address, parseAddress } from "../../components/kafka/addresses";
import { withDeadline } from "../cli/deadline";
import { withDirectCluster } from "./directCluster";
import { UserError, TimeoutError } from "../cli/errors";
import { AdvertisedAddressError, BootstrapUnreachableError } from "./errors";
import { faultOf } from "./errorFields";
import type { KafkaClient } from "./kafka";
import { probe } from "./probe";
import { findSecurityFault } from "./securityFault";
import { tlsFault } from "./tlsFaults";

const METADATA_TIMEOUT_MS = 10_000;
/** How long a search for the cause may take once time is up: longer than a firewall that drops everything needs to show. */
const LATE_SEARCH_MS = 8_000;

/** An address that can't be reached, and why. */
interface Unreachable {
    readonly address: string;
    readonly why: string;
}

/** The addresses that can't be reached. */
async function findUnreachable(
    kafka: KafkaClient,
    addresses: readonly Address[],
): Promise<Unreachable[]> {
    const probed = await Promise.all(
        addresses.map(async (address) => ({
            address: `${address.host}:${address.port}`,
            why: await probe(address, kafka.socketFactory),
        })),
    );
    return probed
        .filter((result): result is Unreachable => result.why !== undefined)
        .sort((a, b) => (a.address < b.address ? -1 : 1));
}

function list(unreachable: readonly Unreachable[]): string {
    return unreachable.map(({ address, why }) => `${address} (${why})`).join(", ");
}

/** The error for a bootstrap none of whose addresses can be reached. */
export function bootstrapUnreachable(unreachable: readonly Unreachable[]): UserError {
    return new BootstrapUnreachableError(
        `no broker can be reached: ${list(unreachable)}`,
        "check --bootstrap or KAFKA_BOOTSTRAP, and that Kafka runs (npm run health)",
    );
}

/** The error for brokers that can't be reached under the addresses that Kafka hands out. */
export function advertisedUnreachable(
    bootstrap: readonly string[],
    unreachable: readonly Unreachable[],
): UserError {
    const inside = unreachable.some(({ address }) => /\.svc(\.|:|$)/.test(address));
    return new AdvertisedAddressError(
        `the bootstrap ${bootstrap.join(",")} answers, but Kafka advertises broker addresses ` +
            `that can't be reached from here: ${list(unreachable)}`,
        inside
            ? "use the bootstrap address of an external listener; this one is for clients inside " +
                  "the Kubernetes cluster"
            : "make these names resolve and these ports open from here, or correct the " +
                  "listener's domain or advertisedHosts",
    );
}

/** Finds an address that can't be reached, first among the bootstrap's and then among those that Kafka advertises. */
export async function findAddressFault(kafka: KafkaClient): Promise<UserError | undefined> {
    const bootstrap = kafka.bootstrap.map(parseAddress).filter((address) => address !== undefined);
    const unreachable = await findUnreachable(kafka, bootstrap);
    if (unreachable.length === bootstrap.length) {
        return bootstrapUnreachable(unreachable);
    }
    const { brokers } = await withDirectCluster(kafka, (cluster) =>
        withDeadline(cluster.metadata(), METADATA_TIMEOUT_MS, "Kafka's metadata"),
    );
    const failed = await findUnreachable(kafka, brokers);
    return failed.length > 0 ? advertisedUnreachable(kafka.bootstrap, failed) : undefined;
}

/**
 * Finds the cause of a failure that has to do with addresses, TLS or the client's identity: kafkajs only reports the last
 * of its many attempts, and says nothing at all while it is still trying. Other errors are returned as they are.
 */
export async function diagnose(kafka: KafkaClient, error: unknown): Promise<Error> {
    const given = error instanceof Error ? error : new Error(String(error));
    if (error instanceof TimeoutError) {
        return (await findLateFault(kafka, error)) ?? given;
    }
    if (error instanceof UserError) {
        return error;
    }
    // When the search itself fails, what went wrong in the first place says more.
    const fault = await findSecurityFault(kafka, error).catch(() => undefined);
    if (fault !== undefined || tlsFault(faultOf(error).code) !== undefined) {
        return fault ?? given;
    }
    return (await findAddressFault(kafka).catch(() => undefined)) ?? given;
}

/** Finds why time was up, if that has to do with addresses or what they speak. Whoever set a limit does not wait much longer. */
export async function findLateFault(
    kafka: KafkaClient,
    error: TimeoutError,
): Promise<UserError | undefined> {
    const search = withDeadline(findAddressFault(kafka), LATE_SEARCH_MS, "the cause");
    const address = search.catch(() => undefined);
    return (await findSecurityFault(kafka, error).catch(() => undefined)) ?? address;
}
