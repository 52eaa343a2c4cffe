import { once } from "node:events";
import { connectInLab } from "./labNetwork";

const MEMBERS = 3;
const PORT = 2181;

/** Ordinal of the ZooKeeper that leads the others; `undefined` where none says that it does. */
export async function zookeeperLeader(namespace: string): Promise<number | undefined> {
    for (let ordinal = 0; ordinal < MEMBERS; ordinal++) {
        const host = `zookeeper-${ordinal}.zookeeper-headless.${namespace}.svc.cluster.local`;
        if (isLeader(await ask(host))) {
            return ordinal;
        }
    }
    return undefined;
}

/** Whether an answer to `srvr` is a leader's. */
export function isLeader(answer: string): boolean {
    return /^Mode: leader$/m.test(answer);
}

async function ask(host: string): Promise<string> {
    const socket = connectInLab(host, PORT);
    try {
        await once(socket, "connect");
        socket.write("srvr");
        let answer = "";
        for await (const part of socket) {
            answer += String(part);
        }
        return answer;
    } finally {
        socket.destroy();
    }
}
