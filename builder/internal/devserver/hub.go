package devserver

import "sync"

// hub tells waiting browsers that there is something new. What is new they
// read from the state, so a message says nothing and one in store is enough.
type hub struct {
	mutex   sync.Mutex
	clients map[chan struct{}]bool
}

// join returns a channel that receives from now on.
func (h *hub) join() chan struct{} {
	c := make(chan struct{}, 1)
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.clients == nil {
		h.clients = map[chan struct{}]bool{}
	}
	h.clients[c] = true
	return c
}

func (h *hub) leave(c chan struct{}) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	delete(h.clients, c)
}

// tell never waits.
func (h *hub) tell() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for c := range h.clients {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}
