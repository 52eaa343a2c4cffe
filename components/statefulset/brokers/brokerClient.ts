import { REPLICATION_PORT } from "../../kafka/listeners";
import { KAFKA, KAFKA_HEADLESS, type NamespaceDns, podHost } from "../../kafka/names";
import { renderProperties } from "../../kubernetes/files";
import type { Mounts } from "../../kubernetes/mounts";
import { BROKER_IDENTITY, CERTIFICATE_FILES } from "../certificates/certificateVolumes";
import type { BrokerSecurity } from "./brokerProperties";
import { brokerIdentity } from "./listenerSecurity";

/** Where a Job finds the brokers' own listener. */
export const REPLICATION_BOOTSTRAP = `${KAFKA_HEADLESS}:${REPLICATION_PORT}`;

/** Where a Job finds some of the brokers. The Service of all of them leads to those that are not ready, too. */
export function replicationBootstrapOf(brokers: readonly number[], dns: NamespaceDns): string {
    return brokers
        .map((id) => `${podHost(`${KAFKA}-${id}`, KAFKA_HEADLESS, dns)}:${REPLICATION_PORT}`)
        .join();
}

/** What a Job needs to connect to the brokers' own listener as one of them. */
export function brokerClient({ encrypted }: Pick<BrokerSecurity, "encrypted">): {
    readonly env: Readonly<Record<string, string>>;
    readonly mounts: readonly Mounts[];
} {
    return encrypted
        ? {
              env: { ADMIN_PROPERTIES: renderProperties(brokerIdentity(CERTIFICATE_FILES)) },
              mounts: [BROKER_IDENTITY],
          }
        : { env: {}, mounts: [] };
}
