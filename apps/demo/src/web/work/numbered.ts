/** What pages and workers say to each other carries a number that says which answer belongs to which request. */
export type Numbered<Message> = Message & { readonly id: number };

/** What a worker answers where a request could not be worked on to its end. */
export interface Failure {
  readonly failure: string;
}
