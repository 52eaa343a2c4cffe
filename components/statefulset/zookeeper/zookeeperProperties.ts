import {
    type NamespaceDns,
    ordinals,
    podHost,
    ZOOKEEPER,
    ZOOKEEPER_HEADLESS,
} from "../../kafka/names";
import { ZookeeperAuthentication } from "./zookeeperIdentity";

/** Ports of a ZooKeeper member. */
export const ZOOKEEPER_PORTS = { client: 2181, peer: 2888, election: 3888 } as const;

/** Most members of an ensemble: more of them only slow down its writes. */
export const MOST_ZOOKEEPER_MEMBERS = 7;

/**
 * Properties of every ZooKeeper member. Member N has id N + 1: ids begin at 1.
 *
 * @see https://zookeeper.apache.org/doc/r3.8.4/zookeeperAdmin.html#sc_configuration
 */
export function zookeeperProperties(
    args: NamespaceDns & {
        readonly members: number;
        readonly authentication: ZookeeperAuthentication;
    },
): Record<string, string> {
    const server = (n: number) =>
        `${podHost(`${ZOOKEEPER}-${n}`, ZOOKEEPER_HEADLESS, args)}:${ZOOKEEPER_PORTS.peer}:${ZOOKEEPER_PORTS.election}`;
    return {
        "4lw.commands.whitelist": "ruok,srvr",
        "admin.enableServer": "false",
        "authProvider.1": "org.apache.zookeeper.server.auth.SASLAuthenticationProvider",
        // Off by default, and without it snapshots and logs fill the volume.
        "autopurge.purgeInterval": "1",
        "autopurge.snapRetainCount": "3",
        clientPort: String(ZOOKEEPER_PORTS.client),
        dataDir: "/var/lib/zookeeper/data",
        dataLogDir: "/var/lib/zookeeper/log",
        initLimit: "10",
        // The user kafka@next, who has the password that comes next, is the user kafka in ACLs.
        "kerberos.removeRealmFromPrincipal": "true",
        "security.auth_to_local": "RULE:[1:$1]",
        maxClientCnxns: "0",
        // A member must not depend on resolving its own name in order to listen.
        quorumListenOnAllIPs: "true",
        // Followers give up a leader after so many ticks of 2 s, and until then no broker's loss is noticed.
        syncLimit: "2",
        tickTime: "2000",
        ...(args.authentication === "required" && { sessionRequireClientSASLAuth: "true" }),
        ...(args.members > 1
            ? Object.fromEntries(ordinals(args.members).map((n) => [`server.${n + 1}`, server(n)]))
            : {}),
    };
}
