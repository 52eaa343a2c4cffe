/** An identity of clients. */
export interface User {
    /** Name, a DNS name of up to 63 characters. */
    readonly name: string;
    /** How the user's clients prove who they are. */
    readonly authentication: {
        /** `tls`: a client certificate; `scram-sha-512`: a password. */
        readonly type: "tls" | "scram-sha-512";
    };
}
