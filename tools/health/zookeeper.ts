import type { Duplex } from "node:stream";
import { ZOOKEEPER } from "../../components/kafka/names";
import { withDeadline } from "../cli/deadline";
import { describeFault } from "../client/describeFault";
import type { Check, HealthContext } from "./check";
import type { ExpectedSet } from "./expected";

const CLIENT_PORT = 2181;
const ANSWER_TIMEOUT_MS = 10_000;

/** What a member of the ensemble says of itself. */
export interface Member {
    readonly pod: string;
    /** `leader`, `follower` or `standalone`. */
    readonly mode?: string;
    /** Why there is no mode. */
    readonly fault?: string;
}

/** The mode in the answer to `srvr`; `undefined` while the member serves nobody. */
export function parseMode(answer: string): string | undefined {
    return /^Mode: (\w+)/m.exec(answer)?.[1];
}

/** Judges the ensemble: one leader and otherwise followers, or a single member that stands alone. */
export function judgeZookeeper(members: readonly Member[], namespace: string): Check[] {
    const modes = members.length === 1 ? ["standalone"] : ["leader", "follower"];
    const checks = members.map(({ pod, mode, fault }): Check => {
        const ok = mode !== undefined && modes.includes(mode);
        return {
            area: "zookeeper",
            name: pod,
            ok,
            detail: fault ?? mode ?? "serves no requests: it is in no quorum",
            ...(!ok && { next: `kubectl logs ${pod} -n ${namespace}` }),
        };
    });
    // Nothing at all without members: Kafka can run without ZooKeeper.
    return members.length > 1 ? [...checks, judgeQuorum(members, namespace)] : checks;
}

function judgeQuorum(members: readonly Member[], namespace: string): Check {
    const leaders = members.filter(({ mode }) => mode === "leader").map(({ pod }) => pod);
    const followers = members.filter(({ mode }) => mode === "follower");
    const ok = leaders.length === 1 && followers.length === members.length - 1;
    const detail =
        leaders.length > 1
            ? `${leaders.length} leaders (${leaders.join(", ")}): the ensemble is split`
            : `${leaders.length === 1 ? `leader ${leaders[0]}` : "no leader"}, ` +
              `${followers.length} of ${members.length - 1} followers`;
    const next = `kubectl logs -n ${namespace} -l app.kubernetes.io/name=zookeeper --tail 50 --prefix`;
    return { area: "zookeeper", name: "quorum", ok, detail, ...(!ok && { next }) };
}

/** Sends a four-letter word and returns the answer; the server closes the connection after it. */
async function fourLetterWord(connection: Duplex, word: string): Promise<string> {
    connection.write(word);
    let answer = "";
    for await (const chunk of connection) {
        answer += String(chunk);
    }
    return answer;
}

/** Checks the ensemble; nothing where Kafka runs without ZooKeeper. */
export async function checkZookeeper(
    { tunnel, namespace }: HealthContext,
    expected: readonly ExpectedSet[],
): Promise<Check[]> {
    const pods = expected.find(({ name }) => name === ZOOKEEPER)?.pods ?? [];
    const members = await Promise.all(
        pods.map(async (pod): Promise<Member> => {
            const connection = tunnel.connect(pod, CLIENT_PORT);
            try {
                const answer = await withDeadline(
                    fourLetterWord(connection, "srvr"),
                    ANSWER_TIMEOUT_MS,
                    "the answer to srvr",
                );
                return { pod, mode: parseMode(answer) };
            } catch (error) {
                return { pod, fault: describeFault(error).message };
            } finally {
                connection.destroy();
            }
        }),
    );
    return judgeZookeeper(members, namespace);
}
